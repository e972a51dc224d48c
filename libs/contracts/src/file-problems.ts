type ProblemText = readonly [status: number, vi: string, en: string]

/** As its Problem says. */
export const FILE_BYTES_MAX = 100 * 1024 * 1024

/** Why an uploaded file, or a page of one, cannot become pages to key. */
export const FILE_PROBLEMS = {
  FILE_EMPTY: [422, 'Tệp rỗng, không có byte nào.', 'The file is empty.'],
  FILE_TOO_LARGE: [413, 'Tệp lớn quá 100 MB.', 'The file has more than 100 MB.'],
  FILE_NAME_UNUSABLE: [
    422,
    'Tên tệp phải có từ 1 đến 255 ký tự, không có ký tự điều khiển. Hãy đổi tên rồi gửi lại.',
    'A file name has 1 to 255 characters and no control character. Rename the file and send it again.',
  ],
  FILE_LOST: [
    410,
    'Tệp không còn trong kho. Hãy gửi lại.',
    'The file is no longer in the store. Send it again.',
  ],
  FILE_UNREADABLE: [
    500,
    'Kho lưu trữ nhiều lần không đọc được tệp này. Hãy nhờ quản trị kiểm tra ổ đĩa, rồi gửi lại tệp.',
    'The store could not read this file, several times. Have its disk checked, then send the file again.',
  ],
  FILE_KIND_UNKNOWN: [
    415,
    'Không phải loại tệp nhận được: JPEG, PNG, WebP, TIFF, PDF, HEIC, hoặc ZIP chứa các tệp ấy.',
    'Not a kind that is taken: JPEG, PNG, WebP, TIFF, PDF, HEIC, or a ZIP of these.',
  ],
  OFFICE_DOCUMENT: [
    415,
    'Đây là tài liệu văn phòng (Word, Excel…). Hãy lưu thành PDF rồi gửi.',
    'This is an office document (Word, Excel, …). Save it as PDF and send that.',
  ],
  WEB_DOCUMENT: [
    415,
    'Đây là trang web hoặc hình vẽ SVG, không phải ảnh chụp trang sổ.',
    'This is a web page or an SVG drawing, not a picture of a page.',
  ],
  PLAIN_TEXT: [
    415,
    'Tệp này chỉ chứa chữ, không phải ảnh.',
    'This file holds plain text, not a picture.',
  ],
  MEDIA_FILE: [
    415,
    'Đây là tệp phim hoặc âm thanh, không phải ảnh.',
    'This is a film or a sound recording, not a picture.',
  ],
  ARCHIVE_KIND: [
    415,
    'Tệp nén loại này không mở được. Hãy giải nén, hoặc nén lại thành ZIP.',
    'Archives of this kind are not opened. Unpack it, or pack it as ZIP.',
  ],
  PICTURE_KIND: [
    415,
    'Loại ảnh này (GIF, BMP, AVIF…) không nhận. Hãy lưu thành JPEG hoặc PNG.',
    'Pictures of this kind (GIF, BMP, AVIF, …) are not taken. Save it as JPEG or PNG.',
  ],
  PICTURE_MOVES: [
    415,
    'Ảnh động hoặc tệp có nhiều hình. Mỗi trang phải là một ảnh.',
    'A moving picture, or several in one file. Each page must be a picture of its own.',
  ],
  FILE_TRUNCATED: [
    422,
    'Tệp bị cắt cụt, thiếu phần cuối. Hãy chép hoặc quét lại.',
    'The file ends too early. Copy or scan it again.',
  ],
  FILE_DAMAGED: [
    422,
    'Tệp bị hỏng, không đọc được. Hãy chép hoặc quét lại.',
    'The file is damaged and cannot be read. Copy or scan it again.',
  ],
  FILE_TOO_SLOW: [
    422,
    'Giải mã quá lâu nên đã dừng. Hãy lưu lại bằng chương trình khác.',
    'It took too long to decode and was stopped. Save it again with another program.',
  ],
  FILE_NEEDS_MEMORY: [
    422,
    'Cần nhiều bộ nhớ hơn mức cho phép. Hãy quét với độ phân giải thấp hơn.',
    'It needs more memory than is allowed. Scan it with a lower resolution.',
  ],
  IMAGE_TOO_LARGE: [
    413,
    'Ảnh có quá nhiều điểm ảnh. Hãy quét với độ phân giải thấp hơn.',
    'The picture has too many pixels. Scan it with a lower resolution.',
  ],
  PAGES_TOO_MANY: [
    413,
    'Tệp có quá 2.000 trang. Hãy tách thành nhiều tệp.',
    'The file has more than 2,000 pages. Split it.',
  ],
  FILE_NOT_ONE_PAGE: [
    422,
    'Ảnh thay cho một trang phải là một ảnh, hoặc một tệp chỉ có một trang.',
    'What replaces a page must be one picture, or a file of just one page.',
  ],
  PAGE_REPLACED: [
    409,
    'Trang này đã có ảnh khác thay rồi. Hãy làm với trang mới ở cùng chỗ trong sổ.',
    'The page has been replaced by another image already. Go on with the new page at its place.',
  ],
  PAGE_SET_ASIDE: [
    409,
    'Trong lúc bạn xem, trang này đã được để ngoài sổ. Muốn quyết định khác, hãy đưa nó lại vào sổ trước.',
    'Meanwhile the page has been set aside. To decide otherwise, put it back into its book first.',
  ],
  PDF_LOCKED: [
    422,
    'PDF có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.',
    'The PDF asks for a password. Remove the password and send it again.',
  ],
  PDF_EMPTY: [422, 'PDF không có trang nào.', 'The PDF has no page.'],
  HEIC_UNREADABLE: [
    422,
    'Không đọc được ảnh HEIC. Trên điện thoại, chọn Camera > Định dạng > "Tương thích nhất" rồi chụp lại.',
    'The HEIC picture cannot be read. On the phone choose Camera > Formats > "Most Compatible"; take it again.',
  ],
  ZIP_EMPTY: [422, 'Tệp ZIP không chứa tệp nào.', 'The ZIP file holds no file.'],
  ZIP_LOCKED: [
    422,
    'Tệp trong ZIP có mật khẩu. Hãy nén lại không đặt mật khẩu.',
    'A file in the ZIP asks for a password. Pack it without one.',
  ],
  ZIP_NESTED: [
    422,
    'ZIP nằm trong ZIP không được mở. Hãy giải nén lớp ngoài rồi gửi.',
    'A ZIP inside a ZIP is not opened. Unpack the outer one and send what is inside.',
  ],
  ZIP_EXPANDS: [
    413,
    'Tệp nén nở ra quá lớn so với mức cho phép.',
    'What is packed expands to more than is allowed.',
  ],
  ZIP_TOO_MANY: [
    413,
    'ZIP chứa quá 5.000 tệp. Hãy chia thành nhiều ZIP.',
    'The ZIP holds more than 5,000 files. Split it.',
  ],
  ZIP_PATH: [
    422,
    'Đường dẫn của tệp trong ZIP trỏ ra ngoài. Hãy nén lại.',
    'The path of this file leads out of the ZIP. Pack it again.',
  ],
} as const satisfies Record<string, ProblemText>
