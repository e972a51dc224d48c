import Type, { type Static } from 'typebox'
import { FILE_PROBLEMS } from './file-problems.ts'
import { Bilingual, closed } from './primitives.ts'

/**
 * Every refusal, once: its code, HTTP status, and what a person can do about it. A code is never
 * reused for something else. Texts name no value that anybody typed.
 */
export const PROBLEMS = {
  NOT_SIGNED_IN: [401, 'Hãy đăng nhập.', 'Sign in first.'],
  SIGN_IN_FAILED: [401, 'Sai tên đăng nhập hoặc mật khẩu.', 'Wrong login name or password.'],
  TOO_MANY_ATTEMPTS: [
    429,
    'Thử quá nhiều lần. Hãy đợi rồi thử lại.',
    'Too many attempts. Wait, then try again.',
  ],
  PASSWORD_WRONG: [403, 'Mật khẩu hiện tại chưa đúng.', 'The present password is wrong.'],
  PASSWORD_UNCHANGED: [
    422,
    'Mật khẩu mới phải khác mật khẩu hiện tại.',
    'The new password must differ from the present one.',
  ],
  PASSWORD_TO_CHANGE: [
    403,
    'Mật khẩu này do người khác đặt. Hãy tự đặt mật khẩu mới trước.',
    'This password was set by somebody else. Choose your own first.',
  ],
  NOT_ALLOWED: [403, 'Tài khoản này không có quyền làm việc đó.', 'This account may not do that.'],
  FOREIGN_ORIGIN: [
    403,
    'Yêu cầu đến từ trang web khác.',
    'The request comes from another web site.',
  ],
  MALFORMED: [400, 'Yêu cầu không đúng dạng.', 'The request does not have the required shape.'],
  TOO_LARGE: [413, 'Dữ liệu gửi lên quá lớn.', 'What was sent is too large.'],
  NOT_FOUND: [404, 'Không tìm thấy.', 'Not found.'],
  LOGIN_TAKEN: [409, 'Tên đăng nhập đã có người dùng.', 'That login name is taken.'],
  ALREADY_EXISTS: [
    409,
    'Đã có mục với mã này nhưng nội dung khác.',
    'Something else already has this id.',
  ],
  FORM_INVALID: [422, 'Mẫu biểu không hợp lệ.', 'The form definition is not valid.'],
  FORM_CHANGED: [
    409,
    'Phiên bản này của mẫu biểu đã có nội dung khác. Hãy tăng số phiên bản.',
    'This version of the form already exists with other content. Raise the version.',
  ],
  FORM_PUBLISHED: [
    409,
    'Mẫu biểu đã công bố thì không sửa hay xóa được nữa. Hãy tạo phiên bản mới.',
    'A published form is never changed or deleted. Make a new version.',
  ],
  FORM_UNPUBLISHED: [
    409,
    'Chưa có mẫu biểu nào được công bố với tên và phiên bản này. Hãy công bố trước.',
    'No form of this name and version is published. Publish it first.',
  ],
  FORM_UNFIT: [
    422,
    'Đợt nhập này không chuyển sang mẫu biểu đó được; xem chi tiết.',
    'This campaign cannot go on with that form; see the details.',
  ],
  LAYOUT_UNKNOWN: [
    422,
    'Mẫu biểu của đợt nhập không có bố cục trang này; xem chi tiết.',
    'The form of the campaign has no such page layout; see the details.',
  ],
  LIST_INVALID: [422, 'Danh mục không hợp lệ.', 'The code list is not valid.'],
  LIST_CHANGED: [
    409,
    'Danh mục với ngày này đã có nội dung khác và không đổi được. Hãy nhập với ngày mà nội dung mới có hiệu lực.',
    'The list of this date is there with other content, and stays. Import this one with the date from which it holds.',
  ],
  UNITS_INVALID: [
    422,
    'Danh sách đơn vị hành chính không nhập được; xem chi tiết.',
    'The list of administrative units cannot be imported; see the details.',
  ],
  UNITS_CHANGED: [
    409,
    'Đơn vị hành chính đã thay đổi sau khi xem trước. Hãy xem trước lại.',
    'The units have changed since they were looked at. Look at the plan again.',
  ],
  ...FILE_PROBLEMS,
  UPLOAD_BUSY: [
    409,
    'Tệp này đang ở chỗ khác so với nơi gửi tiếp. Hãy hỏi lại đã nhận tới đâu rồi gửi tiếp từ đó.',
    'This upload stands elsewhere, or somebody is sending it. Ask how much is there, and go on from it.',
  ],
  UPLOADS_FULL: [
    503,
    'Máy chủ đang giữ quá nhiều tệp chưa tải xong. Hãy đợi rồi gửi tiếp.',
    'Too much that was never finished waits on the server. Wait, then send again.',
  ],
  LEASE_ENDED: [
    409,
    'Lượt nhập trang này đã hết hạn hoặc không còn là của bạn.',
    'The lease on this page has ended or is not yours.',
  ],
  ENTRY_INVALID: [422, 'Bản nhập không khớp với mẫu biểu.', 'The entry does not fit its form.'],
  ENTRY_ID_TAKEN: [
    409,
    'Mã bản nhập này đã dùng cho bản nhập khác.',
    'This entry id was used for another entry.',
  ],
  RULING_INVALID: [
    422,
    'Phán quyết không khớp với câu hỏi.',
    'The ruling does not fit its question.',
  ],
  RULED_ALREADY: [409, 'Trường này đã có phán quyết.', 'This field has been ruled on already.'],
  FLIPS_CHANGED: [
    409,
    'Kết quả so sánh lại đã khác so với lúc liệt kê. Hãy liệt kê lại.',
    'Comparing once more would change something else than was listed. List again.',
  ],
  BOOK_NOT_SETTLED: [
    409,
    'Quyển này chưa xong nên chưa đóng được.',
    'The book cannot be frozen: not everything in it is settled.',
  ],
  BOOK_FROZEN: [409, 'Quyển này đã đóng.', 'The book is frozen.'],
  BOOK_NOT_FROZEN: [
    409,
    'Quyển này chưa đóng. Hãy đóng trước.',
    'The book is not frozen. Freeze it first.',
  ],
  BOOK_RELEASED: [409, 'Quyển này đã được phê duyệt.', 'The book is released.'],
  AUDIT_OPEN: [
    409,
    'Việc kiểm tra quyển này chưa kết thúc.',
    'The audit of this book has not ended.',
  ],
  GATE_SHUT: [
    409,
    'Chưa đủ bằng chứng để phê duyệt quyển này.',
    'The evidence does not suffice to release the book.',
  ],
  GATE_OPEN: [
    409,
    'Quyển này đã đủ bằng chứng, hãy phê duyệt như thường.',
    'The evidence suffices: release the book in the ordinary way.',
  ],
  REWORK_NOTHING: [
    409,
    'Lần kiểm tra cuối không thấy trường nào sai. Hãy nêu rõ những trường cần nhập lại.',
    'The last sample found no field wrong. Say which fields are to be keyed again.',
  ],
  SECOND_SUPERVISOR: [
    403,
    'Phải do một giám sát viên khác xác nhận.',
    'A second supervisor has to confirm this.',
  ],
  APPEAL_REFUSED: [
    409,
    'Không khiếu nại được ở trường này; xem lý do.',
    'This cannot be appealed against; see the reason.',
  ],
  KNOWN_PAGE_UNFIT: [
    409,
    'Trang này chưa làm trang biết trước đáp án được; xem lý do.',
    'This page cannot be a known-answer page now; see the reason.',
  ],
  REVIEW_CLOSED: [409, 'Việc xem xét này đã kết thúc.', 'This review has been closed.'],
  OWN_REVIEW: [
    403,
    'Người được xem xét không tự ghi hay kết luận về mình.',
    'Nobody notes or closes a review of his or her own work.',
  ],
  PROTOCOL_UNKNOWN: [
    400,
    'Trình duyệt dùng phiên bản giao thức lạ. Hãy tải lại trang.',
    'Unknown protocol version. Reload the page.',
  ],
  HELLO_FIRST: [400, 'Phải gửi lời chào trước.', 'Say hello first.'],
  UNAVAILABLE: [
    503,
    'Hệ thống đang bận hoặc tạm ngừng. Việc của bạn chưa mất, hãy thử lại.',
    'The system is busy or restarting. Nothing is lost; try again.',
  ],
  INTERNAL: [500, 'Có lỗi trong hệ thống.', 'Something went wrong in the system.'],
} as const satisfies Record<string, readonly [status: number, vi: string, en: string]>

export type ProblemCode = keyof typeof PROBLEMS

/** How a problem travels: code, text for people, and details that contain no typed value. */
export const ProblemBody = closed({
  code: Type.String({ pattern: '^[A-Z_]+$', maxLength: 64 }),
  message: Bilingual,
  details: Type.Optional(Type.Array(Type.String({ maxLength: 300 }), { maxItems: 50 })),
})
export type ProblemBody = Static<typeof ProblemBody>

/** A refusal that the other side can understand and act on. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly details: readonly string[]

  constructor(code: ProblemCode, details: readonly string[] = [], options?: ErrorOptions) {
    super(details.length === 0 ? code : `${code}: ${details.join('; ')}`, options)
    this.name = 'Problem'
    this.code = code
    this.details = details
  }

  get status(): number {
    return PROBLEMS[this.code][0]
  }

  toBody(): ProblemBody {
    const [, vi, en] = PROBLEMS[this.code]
    const details = this.details.slice(0, 50).map((text) => text.slice(0, 300))
    return { code: this.code, message: { vi, en }, ...(details.length > 0 ? { details } : {}) }
  }

  /** Rebuilds what another process refused; a code from a newer version becomes INTERNAL. */
  static from(body: Pick<ProblemBody, 'code' | 'details'>): Problem {
    return isProblemCode(body.code)
      ? new Problem(body.code, body.details)
      : new Problem('INTERNAL', [`unknown problem code ${body.code}`])
  }
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code)
}
