import { speaking } from './language.svelte.ts'

/** Words about the gate: what it says, and what a supervisor does about it. */
export const gateWords = speaking(
  {
    gate: 'Điều kiện duyệt',
    shut: 'Chưa duyệt được.',
    released: 'Đã duyệt.',
    overridden: 'Đã duyệt vượt cổng, dù chưa đủ bằng chứng.',
    onScale: (name: string) => `${name}: sai trên 10.000`,
    opened: 'Duyệt được.',
    passed: 'đạt',
    notPassed: 'chưa đạt',
    allSettled: 'Mọi trang đã chốt',
    allSettledHint: 'sổ chỉ khóa được khi không còn việc nào chờ',
    drawnAfter: 'Mẫu rút sau khi khóa sổ',
    bookTier: (name: string) => `${name}: mẫu của riêng sổ này`,
    bookHint: (needed: string, acceptable: string) =>
      `tối thiểu ${needed} trường; nhiều nhất ${acceptable} trường sai`,
    processTier: (name: string) => `${name}: cả quy trình`,
    processHint: (checked: string, wrong: string) =>
      `${wrong} sai trong ${checked} trường của các sổ gần nhất cùng mẫu`,
    moreNeeded: (count: string) => `cần kiểm tra thêm ${count} trường mà không gặp lỗi`,
    moreOfBook: (count: string) => `cần thêm ${count} trường`,
    atMost: (upper: string, target: string) => `nhiều nhất ${upper}, phải đạt ${target}`,
    wrongOf: (checked: string, wrong: string) => `${checked} trường, ${wrong} sai`,
    mustBe: (target: string) => `phải đạt: ${target}`,
    mayBe: (upper: string) => `có thể tới ${upper}`,
    perTenThousand: 'trên 10.000',
    scale: (name: string, upper: string, target: string) =>
      `${name}: có thể tới ${upper}, phải đạt ${target} trường sai trên 10.000`,
    processMeaning:
      'Nhiều nhất bao nhiêu trường sai trên 10.000, theo mọi lần kiểm tra của tối đa 50 sổ gần nhất cùng mẫu, ' +
      'kể cả sổ không đạt.',
    bookMeaning:
      'Trường rút trong sổ này mà hội đồng thấy giá trị chốt sai. Đã sửa vẫn tính là sai.',
    wrongFields: (count: string) => `${count} trường sai`,
    checkedFields: (count: string) => `${count} trường đã kiểm tra`,
    clopper: (percent: string, upper: string) =>
      `Clopper–Pearson một phía ${percent} %: nhiều nhất ${upper} trên 10.000`,
    bookSum: (acceptable: string) =>
      `Quá ${acceptable} trường sai là bằng chứng sổ này kém hơn mức phải đạt.`,
    whatNow:
      'Muốn mở cổng: khóa và kiểm tra các sổ khác cùng mẫu (kết quả được cộng lại), hoặc nhập lại trường bị ' +
      'sai rồi rút mẫu mới.',
    // Release.
    release: 'Duyệt sổ…',
    releaseShut: 'Duyệt sổ (chưa mở)',
    releaseTitle: 'Duyệt sổ này',
    releaseMeans: 'Tên bạn đứng trong chứng nhận của sổ. Duyệt rồi thì không rút lại được.',
    releaseNow: 'Duyệt sổ',
    rework: 'Nhập lại trường…',
    reworkTitle: 'Nhập lại trường trong cả sổ',
    reworkMeans:
      'Người khác nhập lại những trường này ở mọi bản ghi của sổ; chỗ khác nhau do hội đồng quyết định và sửa. ' +
      'Sau đó sổ mở ra, ' +
      'khóa lại thì rút mẫu mới.',
    reworkFound: 'Những trường mà mẫu vừa rồi thấy sai',
    reworkChosen: 'Chọn trường',
    reworkNone: 'Chọn ít nhất một trường.',
    reworkNow: 'Giao nhập lại',
    override: 'Duyệt vượt cổng…',
    overrideTitle: 'Duyệt dù chưa đủ bằng chứng',
    overrideCost:
      'Duyệt vượt cổng cần lý do, cần một giám sát thứ hai, và được ghi mãi trong chứng nhận của sổ.',
    overrideReason: 'Lý do',
    reasonMissing: 'Phải ghi lý do.',
    overrideNow: 'Đề nghị duyệt vượt cổng',
    overrideAsked: (name: string, moment: string) =>
      `${name} đề nghị duyệt vượt cổng lúc ${moment}:`,
    overrideYours: 'Bạn đã đề nghị. Một giám sát khác phải xác nhận.',
    overrideConfirm: 'Xác nhận duyệt vượt cổng…',
    overrideConfirmTitle: 'Xác nhận duyệt vượt cổng',
    overrideForEver:
      'Sổ được duyệt dù chưa đủ bằng chứng. Tên hai giám sát, lý do và số liệu này đứng mãi trong chứng nhận; ' +
      'không ai xóa được.',
    overrideConfirmNow: 'Xác nhận, duyệt sổ',
    someone: 'tài khoản không còn',
    onlySupervisors: 'Chỉ giám sát mới khóa và duyệt được sổ.',
    targets: 'Mức phải đạt…',
    targetsTitle: 'Mức phải đạt',
    targetsMean: 'Số trường sai nhiều nhất trên 10.000, theo nhóm. Áp dụng cho sổ khóa từ bây giờ.',
    targetBad: 'Phải là số từ 0,01 đến 10.000.',
    save: 'Lưu',
    cancel: 'Thôi',
    failed: 'Không liên lạc được với máy chủ. Chưa có gì thay đổi; thử lại.',
  },
  {
    gate: 'Conditions of release',
    shut: 'It cannot be released yet.',
    released: 'Released.',
    overridden: 'Released by override, although the evidence did not suffice.',
    onScale: (name) => `${name}: wrong in 10,000`,
    opened: 'It can be released.',
    passed: 'met',
    notPassed: 'not met',
    allSettled: 'Every page is settled',
    allSettledHint: 'a book is frozen only when nothing waits',
    drawnAfter: 'The sample was drawn after freezing',
    bookTier: (name) => `${name}: this book’s own sample`,
    bookHint: (needed, acceptable) =>
      `at least ${needed} fields; at most ${acceptable} of them wrong`,
    processTier: (name) => `${name}: the whole process`,
    processHint: (checked, wrong) =>
      `${wrong} wrong in ${checked} fields of the last books of this form`,
    moreNeeded: (count) => `${count} more fields are to be checked without an error`,
    moreOfBook: (count) => `${count} more fields needed`,
    atMost: (upper, target) => `at most ${upper}, target ${target}`,
    wrongOf: (checked, wrong) => `${checked} fields, ${wrong} wrong`,
    mustBe: (target) => `target: ${target}`,
    mayBe: (upper) => `up to ${upper}`,
    perTenThousand: 'in 10,000',
    scale: (name, upper, target) =>
      `${name}: up to ${upper}, target ${target} wrong fields in 10,000`,
    processMeaning:
      'At most so many wrong fields in 10,000, by all audits of the last 50 books of this form, those that ' +
      'failed too.',
    bookMeaning:
      'Fields drawn in this book whose settled value the panel found wrong. Put right, they count all the same.',
    wrongFields: (count) => `${count} wrong fields`,
    checkedFields: (count) => `${count} fields checked`,
    clopper: (percent, upper) =>
      `Clopper–Pearson, one-sided ${percent} %: at most ${upper} in 10,000`,
    bookSum: (acceptable) =>
      `More than ${acceptable} wrong are evidence that this book is worse than the target.`,
    whatNow:
      'To open the gate: freeze and audit other books of this form (the results add up), or have wrong fields ' +
      'keyed again, ' +
      'then draw a fresh sample.',
    release: 'Release…',
    releaseShut: 'Release (shut)',
    releaseTitle: 'Release this book',
    releaseMeans: 'Your name stands in the book’s certificate. A release cannot be taken back.',
    releaseNow: 'Release the book',
    rework: 'Key fields again…',
    reworkTitle: 'Key fields again throughout the book',
    reworkMeans:
      'Others key these fields again in every record of the book; a panel decides what differs, and it is put ' +
      'right. Then the ' +
      'book is open, and frozen for a fresh sample.',
    reworkFound: 'The fields that the last sample found wrong',
    reworkChosen: 'Choose fields',
    reworkNone: 'Choose one field at least.',
    reworkNow: 'Have them keyed again',
    override: 'Override…',
    overrideTitle: 'Release although the evidence does not suffice',
    overrideCost:
      'An override needs a reason and a second supervisor, and stands in the book’s certificate for ever.',
    overrideReason: 'Reason',
    reasonMissing: 'A reason must be given.',
    overrideNow: 'Ask for the override',
    overrideAsked: (name, moment) => `${name} asked for an override, ${moment}:`,
    overrideYours: 'You asked for it. Another supervisor has to confirm it.',
    overrideConfirm: 'Confirm the override…',
    overrideConfirmTitle: 'Confirm the override',
    overrideForEver:
      'The book is released although the evidence does not suffice. The names of both supervisors, the reason ' +
      'and these figures ' +
      'stand in the certificate for ever; nobody can delete them.',
    overrideConfirmNow: 'Confirm and release',
    someone: 'account is gone',
    onlySupervisors: 'Only supervisors can freeze and release books.',
    targets: 'Targets…',
    targetsTitle: 'Targets',
    targetsMean:
      'Wrong fields in 10,000 at most, by class. They hold for books frozen from now on.',
    targetBad: 'A number from 0.01 to 10,000.',
    save: 'Save',
    cancel: 'Cancel',
    failed: 'The server cannot be reached. Nothing has changed; try again.',
  },
)
