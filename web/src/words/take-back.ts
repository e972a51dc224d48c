import { speaking } from './language.svelte.ts'

/** Words about pages that a supervisor takes back from somebody who holds them. */
export const takeBackWords = speaking(
  {
    open: 'Lấy lại…',
    of: (name: string) => `Lấy lại trang ${name} đang giữ`,
    ask: (pages: string, name: string) => `Lấy lại ${pages} trang ${name} đang giữ?`,
    means:
      'Những trang này được giao cho người khác. Trang người ấy đang gõ dở hoặc gõ khi mất mạng vẫn gửi được, ' +
      'nhưng nếu người khác gửi trước thì bài gửi sau chỉ để dự phòng. Người ấy còn đang mở phần mềm thì sẽ ' +
      'lại được giao trang.',
    do: 'Lấy lại',
  },
  {
    open: 'Take back…',
    of: (name) => `Take back what ${name} holds`,
    ask: (pages, name) => `Take back the pages (${pages}) that ${name} holds?`,
    means:
      'They are given to others. What this person is typing, or typed without a network, can still be sent; if ' +
      'somebody else was sooner, it is kept as a spare reading only. Whoever still has the app open is given ' +
      'pages again.',
    do: 'Take back',
  },
)
