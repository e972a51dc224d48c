import { speaking } from './language.svelte.ts'

/** Words about how arbiters rule. */
export const arbiterWords = speaking(
  {
    arbiters: 'Trọng tài',
    arbiter: 'Trọng tài',
    noArbiters: 'Chưa có phán quyết nào.',
    rulings: 'Phán quyết',
    escalated: 'Chuyển giám sát',
    secondChecked: 'Xử lần hai',
    disagreed: 'Khác nhau',
    overturned: 'Bị sửa',
    errorRate: 'Ước lượng sai',
    firstChosen: 'Chọn cách thứ nhất',
    median: 'Giây mỗi câu',
    audited: 'Kiểm tra thấy sai',
    appealed: 'Khiếu nại đúng',
    rulingsMeaning: 'Câu người này đã xử trong chiến dịch.',
    escalatedMeaning: 'Câu người này chuyển cho giám sát.',
    checkedMeaning: 'Phán quyết rút ngẫu nhiên, đã hỏi mù một trọng tài thứ hai.',
    disagreedMeaning: 'Trong những câu người thứ hai có trả lời, số câu trả lời khác.',
    overturnedMeaning: 'Phán quyết mà giám sát, người thứ ba, thấy là sai.',
    errorMeaning:
      'Một trong hai trọng tài cẩn thận như nhau sai bao nhiêu, suy từ số câu khác nhau d: (1 − √(1 − 2d)) / 2.',
    firstMeaning:
      'Trong các câu chọn một trong hai cách đọc, số câu chọn cách hiện trước. Ngẫu nhiên thì một nửa.',
    bias: (p: string) => `Kiểm định hai phía với một nửa: p = ${p}.`,
    medianMeaning: 'Một nửa số lần gửi gần đây mất nhiều giây mỗi câu hơn, nửa kia ít hơn.',
    auditedMeaning: 'Trường do người này quyết định mà lần kiểm tra mù thấy sai.',
    appealedMeaning:
      'Phán quyết bị khiếu nại và người phân xử lại thấy sai. Người nhập tự chọn câu nào để khiếu nại: đây ' +
      'không phải mẫu.',
    rulingsCount: (count: string) => `${count} câu`,
  },
  {
    arbiters: 'Arbiters',
    arbiter: 'Arbiter',
    noArbiters: 'There are no rulings yet.',
    rulings: 'Rulings',
    escalated: 'Passed on',
    secondChecked: 'Ruled twice',
    disagreed: 'Disagreed',
    overturned: 'Overturned',
    errorRate: 'Estimated error',
    firstChosen: 'First one chosen',
    median: 'Seconds each',
    audited: 'Audited wrong',
    appealed: 'Appeals upheld',
    rulingsMeaning: 'Questions that this person ruled on in the campaign.',
    escalatedMeaning: 'Questions that this person passed on to a supervisor.',
    checkedMeaning: 'Rulings drawn by chance that a second arbiter was asked about, blind.',
    disagreedMeaning:
      'Of those that the second arbiter answered, how many were answered otherwise.',
    overturnedMeaning: 'Rulings that a supervisor, the third person, found to be wrong.',
    errorMeaning:
      'How often one of two equally careful arbiters errs, from the share d that disagrees: (1 − √(1 − 2d)) / 2.',
    firstMeaning:
      'Of choices between two readings, how many took what was shown first. By chance one half.',
    bias: (p) => `Two-sided test of one half: p = ${p}.`,
    medianMeaning:
      'Half of the latest submissions took more seconds a ruling, the other half fewer.',
    auditedMeaning: 'Fields ruled on by this person that a blind audit found wrong.',
    appealedMeaning:
      'Rulings appealed against and found wrong. Typists choose what they appeal against: it is no sample.',
    rulingsCount: (count) => `${count} rulings`,
  },
)
