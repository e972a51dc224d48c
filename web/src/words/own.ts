import { speaking } from './language.svelte.ts'

/** Words of a typist’s own page. */
export const ownWords = speaking(
  {
    title: 'Số liệu của bạn',
    loading: 'Đang hỏi máy chủ…',
    failed: 'Không liên lạc được với máy chủ. Bài của bạn không liên quan; thử lại.',
    tryAgain: 'Thử lại',
    onlyYou: 'Chỉ bạn và giám sát thấy số liệu này. Chỉ có trang đã chốt; không so bạn với ai.',
    hidden:
      'Trong số trang được giao, thỉnh thoảng có trang đã biết trước đáp án để đo độ chính xác. Không ai nói là ' +
      'trang nào.',
    none: 'Chưa có trang nào của bạn được chốt. Số liệu có sau khi trang được chốt.',
    form: (name: string) => `Mẫu ${name}`,
    confusions: 'Chữ hay nhầm',
    noConfusions: 'Chưa nhầm chữ nào.',
    charges: 'Chỗ chưa giống sổ',
    chargesMean: 'Bài của bạn bên trái, giá trị đã chốt bên phải; chữ khác nhau nằm trong khung.',
    noCharges: 'Không có chỗ nào.',
    more: 'Xem thêm',
    yours: 'Bạn gõ',
    settled: 'Đã chốt',
    image: 'Xem chữ trong ảnh',
    imageOf: (field: string) => `Ảnh chỗ của ô ${field}`,
    imageFailed: 'Không mở được ảnh.',
    appeal: 'Xin xem lại…',
    appealTitle: 'Xin xem lại chỗ này',
    appealMeans:
      'Một người khác xem ảnh và quyết định lại, không biết ai gõ, không biết là xem lại. Mỗi chỗ chỉ xin được ' +
      'một lần; kết quả là ' +
      'cuối cùng.',
    appealNow: 'Xin xem lại',
    cancel: 'Thôi',
    appeals: 'Những chỗ đã xin xem lại',
    appealOf: (field: string, record: string) => `Ô ${field}, bản ghi ${record}`,
    'state-open': 'Đang chờ người khác xem lại.',
    'state-upheld': 'Đã xem lại: bạn đúng. Chỗ này không còn tính là sai.',
    upheldBefore: 'Xin xem lại được chấp nhận, nhưng lần kiểm tra sổ sau đó quyết định khác.',
    'state-refused': 'Đã xem lại: giá trị chốt giữ nguyên.',
    'state-lapsed': 'Trang được mở lại vì việc khác; chỗ này sẽ được xét lại từ đầu.',
  },
  {
    title: 'Your figures',
    loading: 'Asking the server…',
    failed: 'The server cannot be reached. Your work is not concerned; try again.',
    tryAgain: 'Try again',
    onlyYou:
      'Only you and supervisors see these figures. Settled pages only; you are compared with nobody.',
    hidden:
      'Now and then a page that you are given has a known answer, to measure accuracy. Nobody says which.',
    none: 'None of your pages is settled yet. Figures come when they are.',
    form: (name) => `Form ${name}`,
    confusions: 'Letters confused',
    noConfusions: 'No letter was confused.',
    charges: 'Not as the register has it',
    chargesMean:
      'What you typed on the left, what is settled on the right; letters that differ are framed.',
    noCharges: 'There is none.',
    more: 'More',
    yours: 'You typed',
    settled: 'Settled',
    image: 'See it in the image',
    imageOf: (field) => `Image of the field ${field}`,
    imageFailed: 'The image will not open.',
    appeal: 'Have it looked at again…',
    appealTitle: 'Have this place looked at again',
    appealMeans:
      'Somebody else looks at the image and decides anew, not knowing who typed it, nor that it is asked ' +
      'again. It can be asked ' +
      'once for each place; the outcome is final.',
    appealNow: 'Have it looked at again',
    cancel: 'Cancel',
    appeals: 'What you had looked at again',
    appealOf: (field, record) => `Field ${field}, record ${record}`,
    'state-open': 'Waiting for somebody else to look again.',
    'state-upheld': 'Looked at again: you were right. It is no error any more.',
    upheldBefore: 'The appeal was upheld, but the audit of the book decided otherwise after it.',
    'state-refused': 'Looked at again: the settled value stands.',
    'state-lapsed': 'The page was opened again for something else; this will be judged anew.',
  },
)
