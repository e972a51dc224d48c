import { speaking } from './language.svelte.ts'

/** Words about a third blind entry before the arbiter. */
export const thirdWords = speaking(
  {
    open: 'Lượt nhập thứ ba…',
    title: 'Lượt nhập mù thứ ba',
    means:
      'Ô nào hai người đọc khác nhau thì trước hết giao cho người thứ ba nhập, không cho xem bài của ai. Hai ' +
      'trong ba giống nhau thì chốt; không thì trọng tài chọn trong ba cách đọc. Không áp dụng cho tên đất, chữ ' +
      'viết tắt, bản ghi thiếu và trang lệch: những việc đó giao ngay cho trọng tài. Cần ít nhất ba người nhập.',
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
    save: 'Lưu',
    cancel: 'Thôi',
    failed: 'Không tới được máy chủ. Thử lại sau.',
  },
  {
    open: 'Third entries…',
    title: 'A third blind entry',
    means:
      'What two people read otherwise is keyed by a third one first, who sees nobody’s reading. Two of three who ' +
      'agree settle it; else an arbiter chooses among three readings. Places, abbreviations, missing records and ' +
      'slipped pages go to an arbiter at once. It takes three typists at least.',
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
    save: 'Save',
    cancel: 'Cancel',
    failed: 'The server cannot be reached. Try again later.',
  },
)
