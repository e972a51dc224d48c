import { speaking } from './language.svelte.ts'

/** Words of the help sheet of the supervisors' room: what each section is for, and what the terms mean. */
export const roomHelpWords = speaking(
  {
    title: 'Trợ giúp: phòng giám sát',
    goOn: 'đóng, xem tiếp',
    sections: 'Các mục',
    progressIs:
      'Làm được tới đâu, bao giờ xong so với hạn, ai đang làm, còn bao nhiêu việc cho trọng tài.',
    troubleIs:
      'Những gì không tự xong được nếu không có người xem: trang kẹt, trang bị trả lại, máy chủ không trả lời.',
    releaseIs:
      'Sổ chốt xong được khóa, kiểm tra mù một phần rồi duyệt; chứng nhận nói còn sai nhiều nhất bao nhiêu.',
    accuracyIs: 'Mỗi người nhập đúng tới đâu, kèm khoảng tin cậy; ít dữ liệu thì khoảng rộng.',
    uploadIs: 'Thêm sổ và đưa ảnh vào. Người nhập có việc ngay khi ảnh được đọc xong.',
    accountsIs: 'Ai được vào, làm việc gì; đặt lại mật khẩu khi có người quên.',
    terms: 'Các từ',
    campaign: 'chiến dịch',
    campaignIs: 'Nhiều quyển sổ được nhập theo cùng một mẫu biểu, có thể có hạn.',
    keying: 'lượt nhập',
    keyingIs: 'Mỗi trang được hai người nhập riêng, không ai thấy bài của người kia.',
    settled: 'chốt',
    settledIs: 'Hai lượt giống nhau, hoặc đã có người quyết chỗ khác nhau: giá trị cuối cùng.',
    arbiter: 'trọng tài',
    arbiterIs: 'Người thứ ba, quyết từng ô mà hai lượt ghi khác nhau; không biết ai nhập.',
    store: 'trang lấy sẵn',
    storeIs:
      'Trang máy người nhập giữ trước để mất mạng vẫn làm được. Giữ có hạn; quá hạn thì về cho người khác.',
    stuck: 'trang không còn ai được nhập hoặc xử',
    stuckIs:
      'Ai cũng đã cầm hoặc đã trả lại trang ấy. Thêm một người nhập hay trọng tài thì trang đi tiếp.',
    unrecorded: 'việc máy chưa ghi được',
    unrecordedIs:
      'Một phần hệ thống chưa xử lý được tin của phần khác. Không mất gì; bấm “Chạy lại”, không được thì gọi người ' +
      'quản trị máy.',
    forecast: 'ngày dự kiến',
    forecastIs:
      'Tính từ số trang chốt mỗi ngày trong bảy ngày qua; khoảng trong ngoặc đúng chừng tám trên mười lần.',
    states: 'Trạng thái của trang',
    keys: 'Các phím',
    sectionKeys: 'sang mục thứ nhất, thứ hai…',
    helpKeys: 'mở trang này',
    closeKey: 'đóng trang này hay một câu hỏi',
    help: 'Trợ giúp',
  },
  {
    title: 'Help: the supervisors’ room',
    goOn: 'close',
    sections: 'Sections',
    progressIs:
      'How far the work is, when it will be done against the deadline, who works, what waits for arbiters.',
    troubleIs:
      'What goes on only when somebody looks at it: stuck pages, pages handed back, servers that do not answer.',
    releaseIs:
      'A settled book is frozen, a part of it audited blind, then released; the certificate says how much ' +
      'may be wrong.',
    accuracyIs: 'How exactly each person keys, with the interval; with little data it is wide.',
    uploadIs:
      'Books are added and their images brought in. Typists have work as soon as these are read.',
    accountsIs: 'Who may come in, and for what; new passwords for who forgot one.',
    terms: 'Terms',
    campaign: 'campaign',
    campaignIs: 'Books that are keyed by the same form, perhaps with a deadline.',
    keying: 'keying',
    keyingIs: 'Each page is keyed by two people apart, and neither sees the work of the other.',
    settled: 'settled',
    settledIs: 'Both keyings agree, or somebody decided where they differ: the final value.',
    arbiter: 'arbiter',
    arbiterIs:
      'A third person, who decides each field in which the two differ, and does not know who keyed it.',
    store: 'pages in store',
    storeIs:
      'What a typist’s computer holds ahead in case the line breaks. Only for a time; then others get them.',
    stuck: 'pages nobody may key or rule on',
    stuckIs: 'Everybody had them or handed them back. With one more typist or arbiter they go on.',
    unrecorded: 'work the system could not take in',
    unrecordedIs:
      'One part of the system could not handle what another said. Nothing is lost; press “Run again”, else ' +
      'call who runs it.',
    forecast: 'expected day',
    forecastIs:
      'From the pages settled a day in the last seven days; the range holds in some eight of ten cases.',
    states: 'States of a page',
    keys: 'Keys',
    sectionKeys: 'to the first section, the second…',
    helpKeys: 'opens this sheet',
    closeKey: 'closes this sheet, or a question',
    help: 'Help',
  },
)
