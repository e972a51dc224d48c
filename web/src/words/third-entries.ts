import { speaking } from './language.svelte.ts'

/** Words about a third blind entry before the arbiter. */
export const thirdWords = speaking(
  {
    open: 'Lượt nhập thứ ba…',
    isOn: 'đang bật',
    title: 'Lượt nhập mù thứ ba',
    means:
      'Chỗ hai người đọc khác nhau được người thứ ba gõ trước, không thấy bài của ai. Hai trong ba người giống ' +
      'nhau thì chốt; ô chọn (như giới tính) chỉ chốt khi đủ chắc. Còn lại trọng tài chọn giữa ba cách đọc. Cùng ' +
      'một nơi hay một chữ viết hai kiểu, bản ghi sót và trang lệch thì đưa thẳng cho trọng tài. Trang so trước khi ' +
      'bật, hoặc khi chưa có người thứ ba, cũng vậy. Cần ít nhất ba người nhập.',
    use: 'Hỏi người thứ ba ở những lớp ô có lợi',
    cost: (name: string, third: string, arbiter: string) =>
      `${name}: hỏi người thứ ba trước tốn ${third}, giao thẳng trọng tài tốn ${arbiter}`,
    favoured: 'hỏi người thứ ba',
    notFavoured: 'giao thẳng trọng tài',
    unit: (arbiter: string) =>
      'Tính cho mỗi ô khác nhau, kể cả giá của lỗi còn lại. Đơn vị: công một người nhập một ô; trọng tài tốn ' +
      `${arbiter}.`,
    'arbiter-error': 'Trọng tài sai',
    'no-majority': 'Người thứ ba không giống ai',
    'repeats-error': 'Người thứ ba lặp lại lỗi',
    measured: (counted: string, of: string) => `${counted} trong ${of} ở đợt này`,
    usual: (of: string) => `giá trị thường gặp; ở đợt này mới biết ${of}, cần 200`,
    soFar: (keyed: string, majority: string, waiting: string) =>
      `Đến nay người thứ ba đã nhập ${keyed} ô, chốt được ${majority}; ${waiting} trang đang chờ.`,
    agreedTitle: 'Ô hai người đọc giống nhau',
    agreedMeans:
      'Mực mờ thì hai người có thể cùng đọc sai. Những ô đáng ngờ nhất (trang khó, người hay sai ô ấy, giá trị lạ) ' +
      'được giao thêm cho người thứ ba nhập mù; một phần tư số ô giao thêm là rút ngẫu nhiên để so. Người thứ ba đọc ' +
      'khác thì trọng tài phân xử, và lỗi tính cho cả hai người.',
    agreedShare: 'Giao thêm mấy phần trăm số ô giống nhau (0 đến 20, 0 là không giao)',
    agreedBad: 'Nhập một số từ 0 đến 20.',
    agreedSeen: (seen: string) => `Đến nay có ${seen} ô giống nhau.`,
    doubtful: 'Ô đáng ngờ',
    drawn: 'Ô rút ngẫu nhiên',
    askedAs: (asked: string) => `đã giao ${asked}, hai người cùng sai`,
    doubtfulMeans:
      'Trong những ô giao thêm vì đáng ngờ, bao nhiêu ô hai người cùng sai. So với ô rút ngẫu nhiên thì biết ' +
      'cách chọn có tốt không.',
    drawnMeans:
      'Trong những ô giao thêm do rút ngẫu nhiên, bao nhiêu ô hai người cùng sai. ' +
      'Ô nào cũng có cùng khả năng được rút.',
    wrongOf: (count: string) => `${count} ô hai người cùng sai, theo giá trị chốt sau cùng`,
    settledOf: (count: string) => `${count} ô giao thêm đã chốt`,
    unseen: 'Lỗi mà cả người thứ ba cũng mắc; chỉ kiểm tra mù sau khi chốt mới thấy.',
    save: 'Lưu',
    cancel: 'Thôi',
    failed: 'Không tới được máy chủ. Thử lại sau.',
  },
  {
    open: 'Third entries…',
    isOn: 'on',
    title: 'A third blind entry',
    means:
      'What two people read otherwise is keyed by a third one first, who sees nobody’s reading. Two of three who ' +
      'agree settle it, a choice (such as sex) only where that is certain enough; else an arbiter chooses among ' +
      'three readings. One place or word written in two ways, missing records and slipped pages go to an arbiter at ' +
      'once; so do pages compared before it was on, or while there is no third person. It takes three typists.',
    use: 'Ask a third person for the classes of fields where it is cheaper',
    cost: (name, third, arbiter) =>
      `${name}: a third entry first costs ${third}, an arbiter at once ${arbiter}`,
    favoured: 'a third entry',
    notFavoured: 'an arbiter at once',
    unit: (arbiter) =>
      'For each differing field, errors that remain included. Unit: keying one field once; an arbiter costs ' +
      `${arbiter}.`,
    'arbiter-error': 'An arbiter errs',
    'no-majority': 'The third one agrees with neither',
    'repeats-error': 'The third one repeats the error',
    measured: (counted, of) => `${counted} of ${of} in this campaign`,
    usual: (of) => `a usual value; ${of} are known in this campaign, 200 are needed`,
    soFar: (keyed, majority, waiting) =>
      `So far third people keyed ${keyed} fields and settled ${majority}; ${waiting} pages wait.`,
    agreedTitle: 'What two people read alike',
    agreedMeans:
      'Where ink is poor, two people can misread alike. The most doubtful fields (hard pages, people who often err ' +
      'there, odd values) are keyed by a third one too, blind; a quarter of what is asked is drawn by chance, to ' +
      'compare. Where the third one reads otherwise an arbiter decides, and the error counts against both.',
    agreedShare: 'Ask this many per cent of the fields on which two agree (0 to 20, 0 asks none)',
    agreedBad: 'Enter a number from 0 to 20.',
    agreedSeen: (seen) => `So far two agreed on ${seen} fields.`,
    doubtful: 'Doubtful fields',
    drawn: 'Drawn by chance',
    askedAs: (asked) => `${asked} asked, both were wrong on`,
    doubtfulMeans:
      'Of the fields that were asked because they are doubtful, on how many both were wrong. Beside those drawn by ' +
      'chance it says whether the choice is any good.',
    drawnMeans:
      'Of the fields that were drawn by chance, on how many both were wrong. Each had the same probability.',
    wrongOf: (count) => `${count} fields on which both were wrong, by the last settled value`,
    settledOf: (count) => `${count} fields asked that are settled`,
    unseen: 'Errors that the third person makes too: only a blind audit afterwards sees them.',
    save: 'Save',
    cancel: 'Cancel',
    failed: 'The server cannot be reached. Try again later.',
  },
)
