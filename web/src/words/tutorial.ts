import { speaking } from './language.svelte.ts'

/** Words of the lessons of the first day. */
export const tutorialWords = speaking(
  {
    title: (step: number, steps: number) => `Tập nhập, bước ${step} trong ${steps}`,
    notReal: 'Trang tập không vào dữ liệu thật',
    steps: 'Sáu bước, chừng 20 phút',
    stepAsWritten: 'Gõ đúng như sổ ghi',
    stepDates: 'Ngày tháng ghi đủ và ghi thiếu',
    stepChoices: 'Ô chọn, ô để trống',
    stepHard: 'Chữ không đọc được, gạch bỏ',
    stepAbove: 'Như trên, bản ghi thứ hai',
    stepHandBack: 'Trả một ảnh xấu',
    ruleAsWritten:
      'Sổ ghi thế nào, gõ thế ấy. Nhìn kỹ từng dấu, không sửa giúp người viết. Enter: sang ô sau. Hết ô: Ctrl Enter.',
    ruleDates:
      'Gõ ngày theo kiểu nào cũng được: 12-3-2003, 12.3.2003, 3/1981, 1979. Sổ ghi thiếu thì gõ thiếu, đừng ' +
      'đoán thêm.',
    ruleChoices:
      'Ô có danh sách: gõ số hoặc mấy chữ đầu. Ô sổ để trống hay gạch ngang: bấm F2, đừng bỏ qua.',
    ruleHard:
      'Đọc được một phần: gõ phần ấy, phần mờ gõ ?, rồi F4. Không đọc được: F3. Gạch bỏ, không có chữ thay: F7.',
    ruleAbove:
      'Trang này có hai bản ghi. Enter ở ô cuối mở bản ghi sau. Sổ chỉ ghi “nt” thì bấm F8. Hết trang: Ctrl Enter.',
    ruleHandBack:
      'Ảnh không ai đọc được thì đừng nhập. Bấm F10, chọn lý do, trang được trả về chụp lại.',
    pause: 'Nghỉ giữa chừng cũng được. Lần sau bắt đầu lại từ bước đang dở.',
    leave: 'Về bàn nhập',
    kept: 'Bước tập được nhớ theo tên bạn; chữ gõ ở đây thì không lưu, không gửi',
    done: 'Xong. Trang tiếp theo là trang thật.',
    doneHow: 'Muốn tập lại lúc nào cũng được: bấm tên bạn ở góc trên, rồi “Tập nhập”.',
    toDesk: 'Vào bàn nhập',
    again: 'Tập lại từ đầu',
    pictureFailed: 'Chưa tải được trang tập. Kiểm tra mạng rồi thử lại.',
    loading: 'Đang mở trang tập…',
    notYet: 'Chưa giống sổ',
    lookAgain: 'Xem lại trang này',
    differs: (places: number) => `Chưa giống sổ, khác ở ${places} chỗ`,
    youTyped: 'Bạn gõ',
    written: 'Sổ ghi',
    closer: (field: string) => `Chỗ ô “${field}”, phóng to`,
    toneNone: 'không dấu',
    toneGrave: 'dấu huyền',
    toneAcute: 'dấu sắc',
    toneHook: 'dấu hỏi',
    toneTilde: 'dấu ngã',
    toneDot: 'dấu nặng',
    howNone: 'Trên và dưới chữ ấy không có gì.',
    howGrave: 'Dấu huyền là nét xiên đi xuống.',
    howAcute: 'Dấu sắc là nét xiên đi lên.',
    howHook: 'Dấu hỏi có móc cong ở trên.',
    howTilde: 'Dấu ngã là nét lượn ngang.',
    howDot: 'Dấu nặng là một chấm ở dưới chữ.',
    whyTone: 'Một dấu sai là tên của người khác, nên khi ngờ thì phóng to: Alt\u00a0+.',
    sign: (typed: string, written: string) =>
      `“${typed}” và “${written}” là hai chữ khác nhau: nhìn mũ, móc, trăng, gạch của chữ.`,
    case: 'Chỉ khác chữ hoa với chữ thường. Gõ như sổ ghi.',
    other: (typed: string, written: string) =>
      `Bạn gõ “${typed}”, sổ ghi “${written}”. So từng chữ với ảnh ở trên.`,
    tooMany: (typed: string) => `Sổ không có “${typed}”. Chỉ gõ những gì thấy trên trang.`,
    missing: (written: string) => `Còn thiếu “${written}”. Gõ hết những gì sổ ghi, không viết tắt.`,
    dateDay: 'ngày',
    dateMonth: 'tháng',
    dateYear: 'năm',
    dateCalendar: 'lịch',
    date: (parts: string) =>
      `Khác ở: ${parts}. Viết kiểu nào cũng được, nhưng phải đúng các số có trong sổ, không thêm không bớt.`,
    choice: (written: string) => `Sổ ghi “${written}”. Gõ số của mục ấy, hoặc mấy chữ đầu.`,
    readable: 'Chỗ này đọc được. Nhìn ảnh ở trên (Alt + phóng to) rồi gõ chữ thấy được.',
    readableMarked: (mark: string) =>
      `Bạn đánh dấu “${mark}”, nhưng chỗ này đọc được. Nhìn ảnh ở trên rồi gõ chữ thấy được.`,
    wantBlank: 'Sổ để trống hoặc gạch ngang ô này. Bấm F2, để người sau biết bạn đã nhìn.',
    wantIllegible: 'Mực che hết, không ai đọc được. Đừng đoán: xóa chữ đã gõ, bấm F3.',
    wantPartly: 'Đọc được chữ đầu, phần sau bị che. Gõ phần đọc được, phần che gõ ?, rồi bấm F4.',
    wantTorn: 'Giấy rách, mất chỗ này. Bấm F6.',
    wantStruck: 'Chữ ở đây đã bị gạch bỏ và không có chữ thay. Bấm F7.',
    wantAbove: 'Sổ chỉ ghi “nt”, nghĩa là như trên. Bấm F8; đừng gõ lại chữ của bản ghi trên.',
    pageUnreadable: 'Trang này mờ, không ai đọc được. Đừng gõ: bấm F10 để trả ảnh.',
    pageReadable: 'Trang này đọc được nên không trả. Chỉ trả khi ảnh mờ, sai sổ, chụp hai lần.',
    otherReason: 'Ảnh này mờ: chọn lý do số 1, để người chụp biết phải chụp lại.',
    tooFewRecords: (written: number) =>
      `Trang có ${written} bản ghi. Bấm Enter ở ô cuối để mở bản ghi sau, rồi gõ tiếp.`,
    tooManyRecords: (written: number) =>
      `Trang chỉ có ${written} bản ghi. Alt Delete bỏ bản ghi đang mở.`,
  },
  {
    title: (step, steps) => `Practice, step ${step} of ${steps}`,
    notReal: 'Practice pages never enter the data',
    steps: 'Six steps, about 20 minutes',
    stepAsWritten: 'Type what is written',
    stepDates: 'Whole dates and parts of dates',
    stepChoices: 'Lists, and fields left blank',
    stepHard: 'Illegible and struck out',
    stepAbove: 'As above; a second record',
    stepHandBack: 'Hand back a bad picture',
    ruleAsWritten:
      'Type it as written, mark by mark; do not correct the writer. Enter: next field. At the end: Ctrl Enter.',
    ruleDates:
      'Type a date any way: 12-3-2003, 12.3.2003, 3/1981, 1979. What is not written is not typed.',
    ruleChoices:
      'A field with a list: its number or first letters. A field left blank or dashed: press F2.',
    ruleHard:
      'Partly legible: that part, ? for the rest, then F4. Illegible: F3. Struck out, nothing instead: F7.',
    ruleAbove:
      'Two records here: Enter in the last field opens the next. Only “nt” written: F8. At the end: Ctrl Enter.',
    ruleHandBack:
      'A picture that nobody can read is not typed. Press F10 and choose why; it is photographed again.',
    pause: 'You may stop at any time. Next time it goes on at this step.',
    leave: 'To the desk',
    kept: 'The step is remembered under your name; what is typed here is neither kept nor sent',
    done: 'Done. The next page is a real one.',
    doneHow: 'To practise again at any time: press your name above, then “Practise”.',
    toDesk: 'To the desk',
    again: 'Begin again',
    pictureFailed: 'The practice page could not be loaded. Check the network and try again.',
    loading: 'Opening the practice page…',
    notYet: 'Not as it is written',
    lookAgain: 'Look at this page again',
    differs: (places) => `Not as it is written: ${places} places differ`,
    youTyped: 'You typed',
    written: 'Written',
    closer: (field) => `The place of “${field}”, enlarged`,
    toneNone: 'no tone mark',
    toneGrave: 'grave (huyền)',
    toneAcute: 'acute (sắc)',
    toneHook: 'hook (hỏi)',
    toneTilde: 'tilde (ngã)',
    toneDot: 'dot below (nặng)',
    howNone: 'There is nothing above and below the letter.',
    howGrave: 'The grave is a stroke that falls.',
    howAcute: 'The acute is a stroke that rises.',
    howHook: 'The hook is curved at its top.',
    howTilde: 'The tilde is a wave.',
    howDot: 'The dot stands below the letter.',
    whyTone: 'A wrong mark is another person’s name. Where you doubt, enlarge: Alt +.',
    sign: (typed, written) =>
      `“${typed}” and “${written}” are different letters: look at the roof, horn, bowl or bar.`,
    case: 'Only capital and small letters differ. Type them as they are written.',
    other: (typed, written) =>
      `You typed “${typed}”, written is “${written}”. Compare letter by letter with the picture.`,
    tooMany: (typed) => `“${typed}” is not written there. Type only what you see on the page.`,
    missing: (written) => `“${written}” is missing. Type all that is written, without shortening.`,
    dateDay: 'day',
    dateMonth: 'month',
    dateYear: 'year',
    dateCalendar: 'calendar',
    date: (parts) =>
      `They differ in: ${parts}. Any way of writing will do, with just the numbers that are written.`,
    choice: (written) => `Written is “${written}”. Type the number of it, or its first letters.`,
    readable: 'This can be read. Look at the picture (Alt + enlarges) and type what you see.',
    readableMarked: (mark) =>
      `You marked it “${mark}”, but it can be read. Look at the picture and type what you see.`,
    wantBlank: 'The field is blank or dashed. Press F2, so that others know you looked.',
    wantIllegible: 'Ink hides it; nobody can read it. Do not guess: remove the text, press F3.',
    wantPartly: 'The first words can be read, the rest is hidden. Type them and ?, then press F4.',
    wantTorn: 'The paper is torn away here. Press F6.',
    wantStruck: 'It is struck out and nothing stands in its place. Press F7.',
    wantAbove: 'It only says “nt”, as above. Press F8; do not type the words of the record above.',
    pageUnreadable: 'Nobody can read this page. Do not type it: press F10 to hand it back.',
    pageReadable:
      'This page can be read and is not handed back. Blurred, wrong or doubled ones are.',
    otherReason: 'The picture is blurred: choose reason 1, so that it is photographed again.',
    tooFewRecords: (written) =>
      `The page has ${written} records. Enter in the last field opens the next one.`,
    tooManyRecords: (written) =>
      `The page has only ${written} records. Alt Delete removes the one that is open.`,
  },
)
