/** All texts of the page, Vietnamese first. */
const WORDS = {
  vi: {
    otherLanguage: 'English',
    title: 'Nhập hai lần, đối chiếu từng ô',
    lead: 'Mỗi trang sổ được hai người nhập, không ai thấy bài của ai; chỗ nào khác nhau, người thứ ba xem ảnh và quyết định.',
    signIn: 'Đăng nhập',
    signOut: 'Đăng xuất',
    login: 'Tên đăng nhập',
    password: 'Mật khẩu',
    desk: 'Bàn nhập',
    deskComes: 'Bàn nhập sẽ đến cùng với ứng dụng.',
    deskApi: 'Trong lúc chờ, chương trình của bạn có thể làm việc qua API:',
    apiSignIn: 'đăng nhập, giữ cookie; mọi yêu cầu thay đổi phải có dòng Origin của trang này',
    apiTake: 'nhận trang',
    apiImage: 'xem ảnh của trang đang giữ',
    apiSubmit: 'gửi bài nhập, gửi phán quyết',
    apiStream: 'websocket: trang mới tự đến (docs/spec/stream.md)',
    apiDocs: 'Giao diện cho chương trình khác',
    campaigns: 'Các đợt nhập',
    noCampaigns: 'Chưa có đợt nhập nào.',
    deadLetters: 'Tin chưa xử lý được',
    deadLettersMean:
      'Tin mà một dịch vụ chưa ghi nhận được. Sửa xong nguyên nhân thì cho chạy lại.',
    noDeadLetters: 'Không có tin nào bị kẹt.',
    deadLettersSilent: (names) => `Chưa hỏi được: ${names}.`,
    replay: 'Chạy lại',
    replayed: 'Đã ghi nhận.',
    notReplayed: (reason) => `Vẫn chưa được: ${reason}`,
    letter: (letter) =>
      `${letter.service} chưa ghi nhận ${letter.kind}, số ${letter.position} của ${letter.producer}: ${letter.reason}`,
    services: 'Các dịch vụ',
    intake: 'nhận ảnh (intake)',
    entry: 'nhập liệu (entry)',
    reconcile: 'đối chiếu (reconcile)',
    gateway: 'cổng vào (gateway)',
    answers: 'đang chạy',
    silent: 'không trả lời',
    seenAt: (time) => `Hỏi lúc ${time}`,
    unreachable: (time) => `Không liên lạc được với máy chủ từ ${time}. Trang này tự thử lại.`,
    pages: (books, pages) => `${books} quyển, ${pages} trang`,
    keyed: 'Lượt nhập',
    compared: 'Trang đã đối chiếu',
    settled: 'Trang đã chốt',
    of: (part, whole) => `${part} trên ${whole}`,
    state: (p) =>
      `${p.mismatches} trường khác nhau trên ${p.fields} trường đã đối chiếu; ${p.open} trang chờ trọng tài; ${p.records} bản ghi đã chốt.`,
    kept: 'Không ai nhập một trang hai lần, không trọng tài nào xử trang mình nhập, không bản ghi nào chốt hai lần.',
    broken: (v) =>
      `Trái quy tắc: ${v.samePersonTwice} trang một người nhập hai lần, ${v.arbiterTyped} trang trọng tài tự nhập, ${v.doubleSettled} bản ghi chốt hai lần.`,
    typists: 'Độ chính xác của người nhập',
    typist: 'Người nhập',
    judged: 'Trường đã chốt',
    wrong: 'Sai',
    rate: 'Sai trên 10.000',
    interval: 'Khoảng 95 %',
    rowErrors: 'Sót hoặc thừa bản ghi',
    noTypists: 'Chưa có trường nào chốt, nên chưa có con số nào.',
    arbiters: 'Trọng tài',
    arbiter: 'Trọng tài',
    rulings: 'Phán quyết',
    escalated: 'Chuyển giám sát',
    noArbiters: 'Chưa có phán quyết nào.',
    someone: 'Tài khoản không còn',
  },
  en: {
    otherLanguage: 'Tiếng Việt',
    title: 'Keyed twice, compared field by field',
    lead: 'Two people key each page without seeing each other’s work; where they differ, a third looks at the image and decides.',
    signIn: 'Sign in',
    signOut: 'Sign out',
    login: 'Login name',
    password: 'Password',
    desk: 'The desk',
    deskComes: 'The desk comes with the app.',
    deskApi: 'Until then a program of yours can work over the API:',
    apiSignIn:
      'sign in, keep the cookie; whatever changes something needs this page’s Origin header',
    apiTake: 'take pages',
    apiImage: 'see the image of a page you hold',
    apiSubmit: 'send entries, send rulings',
    apiStream: 'websocket: new pages come by themselves (docs/spec/stream.md)',
    apiDocs: 'Interfaces for other programs',
    campaigns: 'Campaigns',
    noCampaigns: 'No campaign yet.',
    deadLetters: 'Messages that could not be applied',
    deadLettersMean: 'A service could not take these in. When the cause is mended, run them again.',
    noDeadLetters: 'Nothing is stuck.',
    deadLettersSilent: (names) => `Could not be asked: ${names}.`,
    replay: 'Run again',
    replayed: 'Applied.',
    notReplayed: (reason) => `Still not: ${reason}`,
    letter: (letter) =>
      `${letter.service} has not applied ${letter.kind}, number ${letter.position} of ${letter.producer}: ${letter.reason}`,
    services: 'Services',
    intake: 'page images (intake)',
    entry: 'keying (entry)',
    reconcile: 'comparing (reconcile)',
    gateway: 'the door (gateway)',
    answers: 'running',
    silent: 'no answer',
    seenAt: (time) => `Asked at ${time}`,
    unreachable: (time) =>
      `The server cannot be reached since ${time}. This page tries again by itself.`,
    pages: (books, pages) => `${books} books, ${pages} pages`,
    keyed: 'Passes keyed',
    compared: 'Pages compared',
    settled: 'Pages settled',
    of: (part, whole) => `${part} of ${whole}`,
    state: (p) =>
      `${p.mismatches} fields differ of ${p.fields} compared; ${p.open} pages wait for an arbiter; ${p.records} records settled.`,
    kept: 'Nobody keyed a page twice, no arbiter ruled on a page that he or she keyed, no record was settled twice.',
    broken: (v) =>
      `Rules broken: ${v.samePersonTwice} pages keyed twice by one person, ${v.arbiterTyped} ruled on by who keyed them, ${v.doubleSettled} records settled twice.`,
    typists: 'Accuracy of typists',
    typist: 'Typist',
    judged: 'Fields settled',
    wrong: 'Wrong',
    rate: 'Wrong in 10,000',
    interval: '95 % interval',
    rowErrors: 'Records missed or made up',
    noTypists: 'No field is settled yet, so there is no figure yet.',
    arbiters: 'Arbiters',
    arbiter: 'Arbiter',
    rulings: 'Rulings',
    escalated: 'Passed on',
    noArbiters: 'No ruling yet.',
    someone: 'Account no longer there',
  },
}

const KEY = 'language'

export const language = {
  get code() {
    return localStorage.getItem(KEY) === 'en' ? 'en' : 'vi'
  },
  turn() {
    localStorage.setItem(KEY, language.code === 'vi' ? 'en' : 'vi')
  },
}

/** A text by its key; those with gaps are called with what fills them. */
export function words() {
  return WORDS[language.code]
}

export function number(value) {
  return new Intl.NumberFormat(language.code === 'vi' ? 'vi-VN' : 'en-GB').format(value)
}

export function timeOfDay() {
  return new Intl.DateTimeFormat('vi-VN', { timeStyle: 'medium' }).format(new Date())
}
