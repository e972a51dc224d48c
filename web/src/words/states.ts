import { speaking } from './language.svelte.ts'

/** Where a page can be, and what that means: for whom it waits. */
export const stateWords = speaking(
  {
    settled: 'đã chốt',
    settledMeans: 'Mọi ô đều có giá trị cuối cùng.',
    supervisor: 'chờ giám sát',
    supervisorMeans: 'Trọng tài chuyển lên; giám sát xử ở bàn trọng tài.',
    arbiter: 'chờ trọng tài',
    arbiterMeans: 'Hai lượt nhập khác nhau; một trọng tài xem ảnh rồi quyết.',
    third: 'chờ người thứ ba nhập',
    thirdMeans:
      'Cần thêm một lượt nhập của người chưa từng thấy trang này; máy tự giao cho người nhập như vậy.',
    comparing: 'đang đối chiếu',
    comparingMeans:
      'Đã đủ hai lượt, máy đang so. Thường chỉ vài giây; lâu hơn thì xem mục Việc kẹt.',
    once: 'mới nhập một lượt',
    onceMeans: 'Một người đã nhập xong; chờ người thứ hai, hoặc người ấy đang nhập.',
    held: 'trong tay người nhập',
    heldMeans: 'Chưa có lượt nào xong; có người đang gõ, hoặc máy họ lấy sẵn phòng khi mất mạng.',
    untouched: 'chưa ai nhận',
    untouchedMeans: 'Nằm trong hàng chờ; ai rảnh thì máy giao.',
    aside: 'để ngoài sổ',
    asideMeans:
      'Giám sát đã bỏ trang này khỏi sổ (chụp hai lần, không thuộc sổ…); xem mục Việc kẹt.',
    meaning: 'Mỗi trạng thái nghĩa là gì',
    addUp: 'Mỗi trang chỉ ở một trạng thái; cộng lại thành tất cả các trang.',
  },
  {
    settled: 'settled',
    settledMeans: 'Every field has its final value.',
    supervisor: 'waiting for a supervisor',
    supervisorMeans: 'An arbiter passed it on; supervisors rule on it at the arbiters’ desk.',
    arbiter: 'waiting for an arbiter',
    arbiterMeans: 'The two keyings differ; one arbiter looks at the image and decides.',
    third: 'waiting for a third typist',
    thirdMeans:
      'One more keying is needed, by somebody who never saw the page; it is given to such a typist by itself.',
    comparing: 'being compared',
    comparingMeans:
      'Keyed twice, and compared now: a few seconds. If it lasts, look under What is stuck.',
    once: 'keyed once',
    onceMeans: 'One person has keyed it; it waits for a second one, or has one already.',
    held: 'in a typist’s hands',
    heldMeans:
      'Nothing is keyed yet; somebody types it, or has it in store in case the line breaks.',
    untouched: 'with nobody yet',
    untouchedMeans: 'In the queue; it goes to the next who is free.',
    aside: 'set aside',
    asideMeans:
      'A supervisor took it out of its book (photographed twice, not part of it, …): see What is stuck.',
    meaning: 'What each state means',
    addUp: 'Each page is in one state only; together they are all pages.',
  },
)
