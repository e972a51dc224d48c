import { speaking } from './language.svelte.ts'

/** Words about how the pages of a book are printed. */
export const layoutWords = speaking(
  {
    title: 'Bố cục trang',
    hint: 'Theo đó dải ảnh chạy tới đúng ô đang nhập. Chọn hình giống trang sổ nhất.',
    allPages: (label: string) => `Mọi trang: ${label}`,
    sides: 'Trang lẻ một kiểu, trang chẵn một kiểu',
    odd: 'Trang lẻ (1, 3, 5…)',
    even: 'Trang chẵn (2, 4, 6…)',
    none: 'Không giống hình nào: người nhập tự kéo khung quanh bản ghi',
    noneShort: 'người nhập tự kéo khung',
    sidesShort: (odd: string, even: string) => `trang lẻ ${odd}; trang chẵn ${even}`,
    lost: 'không còn trong mẫu biểu',
    lostNext:
      'Phiên bản mẫu biểu đang dùng không còn bố cục đã chọn; ở trang ấy người nhập tự kéo khung. Hãy chọn lại.',
    change: 'Đổi bố cục…',
    changeOf: (book: string) => `Đổi bố cục của ${book}`,
    follows:
      'Dữ liệu đã nhập không thay đổi. Dải ảnh của mọi người theo bố cục mới, chậm nhất từ trang kế tiếp.',
    save: 'Đổi cho cả sổ',
  },
  {
    title: 'Page layout',
    hint: 'By it the image strip goes to the field being typed. Choose the drawing most like the pages.',
    allPages: (label) => `All pages: ${label}`,
    sides: 'Odd pages one way, even pages another',
    odd: 'Odd pages (1, 3, 5…)',
    even: 'Even pages (2, 4, 6…)',
    none: 'Like none of these: typists draw a frame around a record',
    noneShort: 'typists draw a frame',
    sidesShort: (odd, even) => `odd pages ${odd}; even pages ${even}`,
    lost: 'not in the form any more',
    lostNext:
      'The version of the form in use has lost a layout; on those pages typists have to draw a frame. Choose again.',
    change: 'Change the layout…',
    changeOf: (book) => `Change the layout of ${book}`,
    follows:
      'Nothing that was typed is changed. Everybody’s image strips follow, at the next page at the latest.',
    save: 'Change for the whole book',
  },
)
