import { speaking } from './language.svelte.ts'

const pagesOf = (count: number) => (count === 1 ? '1 page' : `${count} pages`)

/** Words about what is saved, what waits to be sent, and the network. */
export const lineWords = speaking(
  {
    saved: (time: string) => `Đã lưu trên máy này lúc ${time}`,
    savedShort: (time: string) => `Đã lưu lúc ${time}`,
    saving: 'Đang lưu trên máy này…',
    notSaved: 'Chưa lưu được trên máy này. Đừng đóng cửa sổ; gọi giám sát.',
    nothingYet: 'Chưa gõ gì ở trang này',
    queueNone: 'Không có trang nào chờ gửi',
    queueSome: (count: number, online: boolean) =>
      online ? `${count} trang chờ gửi, máy tự gửi` : `${count} trang chờ gửi, tự gửi khi có mạng`,
    queueStuck: (count: number) => `${count} trang kẹt`,
    queueTitle: 'Hàng chờ trên máy này',
    queueSafe: 'Tất cả đã lưu ở máy này. Tắt máy cũng không mất. Có mạng thì tự gửi.',
    queueNext: (seconds: number) => `Lần thử tới sau ${seconds} giây.`,
    queueEmpty: 'Không còn trang nào chờ.',
    queuePage: 'Sổ, trang',
    queueDone: 'Xong lúc',
    queueState: 'Tình trạng',
    pageOf: (book: string, page: number) => `${book}, tr. ${page}`,
    skipOf: (book: string, page: number) => `${book}, tr. ${page} (trả lại)`,
    waiting: 'chờ gửi',
    sending: 'đang gửi',
    stuck: 'máy chủ chưa nhận được',
    stuckWhy: 'Bài vẫn còn nguyên, các trang khác vẫn gửi bình thường.',
    overtaken:
      'Trang này người khác đã phân xử sau khi bạn giữ quá lâu. Các phán quyết này không cần gửi nữa.',
    drop: 'Bỏ khỏi hàng chờ',
    reopen: 'Mở lại trang này',
    stuckCode: (code: string) => `Báo giám sát mã ${code}.`,
    unreadable: (count: number) =>
      `${count} mục cũ ở máy này không mở được nữa. Báo giám sát; đừng xóa dữ liệu trình duyệt.`,
    sendNow: 'Gửi lại bây giờ',
    exportStuck: 'Lưu bài kẹt ra tệp…',
    backToPage: 'về ảnh trang',
    oneNeverBlocks: 'Một bài kẹt không chặn các bài khác. Bạn vẫn làm tiếp được.',
    off: (time: string, atPage: boolean) =>
      atPage
        ? `Mất mạng từ ${time} – cứ nhập tiếp`
        : `Mất mạng từ ${time} – có mạng thì tự lấy trang`,
    on: (pages: number) =>
      pages > 0 ? `Có mạng · sẵn ${pages} trang để nhập nếu mất mạng` : 'Có mạng',
    onShort: 'Có mạng',
    left: (pages: number, atPage: boolean) => {
      if (pages > 0) return `Còn ${pages} trang để nhập khi mất mạng`
      return atPage ? 'Đây là trang cuối có ở máy này' : 'Máy này không còn trang nào để nhập'
    },
    signInToSend: 'Gõ mật khẩu để gửi…',
    send: 'Gửi bài',
    close: 'Đóng',
    today: (pages: number) => `Hôm nay: ${pages} trang đã gửi`,
  },
  {
    saved: (time) => `Saved on this computer at ${time}`,
    savedShort: (time) => `Saved at ${time}`,
    saving: 'Saving on this computer…',
    notSaved: 'Cannot save on this computer! Do not close the window; call your supervisor.',
    nothingYet: 'Nothing typed on this page yet',
    queueNone: 'Nothing waiting to be sent',
    queueSome: (count, online) =>
      online
        ? `${pagesOf(count)} waiting, sent by itself`
        : `${pagesOf(count)} waiting, sent when the network is back`,
    queueStuck: (count) => `${pagesOf(count)} stuck`,
    queueTitle: 'Waiting on this computer',
    queueSafe:
      'Everything is saved here. Switching the computer off loses nothing. It is sent when there is a network.',
    queueNext: (seconds) => `Next attempt in ${seconds} seconds.`,
    queueEmpty: 'Nothing is waiting.',
    queuePage: 'Book, page',
    queueDone: 'Done at',
    queueState: 'State',
    pageOf: (book, page) => `${book}, p. ${page}`,
    skipOf: (book, page) => `${book}, p. ${page} (handed back)`,
    waiting: 'waiting',
    sending: 'being sent',
    stuck: 'not accepted yet',
    stuckWhy: 'Your work is intact and other pages go out as usual.',
    overtaken:
      'Somebody else has ruled on this page since you held it too long. These rulings are not needed.',
    drop: 'Take out of the queue',
    reopen: 'Open this page again',
    stuckCode: (code) => `Tell your supervisor the code ${code}.`,
    unreadable: (count) =>
      `${count} old items on this computer no longer open. Tell your supervisor; do not clear the browser’s data.`,
    sendNow: 'Send again now',
    exportStuck: 'Save stuck work to a file…',
    backToPage: 'back to the page',
    oneNeverBlocks: 'Stuck work never blocks the rest. You can go on working.',
    off: (time, atPage) =>
      atPage
        ? `No network since ${time} – keep typing`
        : `No network since ${time} – pages come once it is back`,
    on: (pages) => (pages > 0 ? `Online · ${pagesOf(pages)} ready for working offline` : 'Online'),
    onShort: 'Online',
    left: (pages, atPage) => {
      if (pages > 0) return `${pagesOf(pages)} left to type while offline`
      return atPage ? 'The last page on this computer' : 'No page to type on this computer'
    },
    signInToSend: 'Password needed to send…',
    send: 'Send',
    close: 'Close',
    today: (pages) => `Today: ${pagesOf(pages)} sent`,
  },
)
