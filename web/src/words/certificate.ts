import { speaking } from './language.svelte.ts'

/** Words of a book’s certificate as the screen shows it. */
export const certificateWords = speaking(
  {
    certificate: 'Chứng nhận nhập liệu',
    preview: 'Bản xem trước, chưa có hiệu lực',
    valid: (name: string, moment: string) => `${name} duyệt lúc ${moment}`,
    overridden: (moment: string, reason: string, people: string) =>
      `Duyệt vượt cổng lúc ${moment}, dù chưa đủ bằng chứng. Lý do: ${reason}. Hai giám sát: ${people}.`,
    certWork: (pages: string, records: string, fields: string) =>
      `Sổ có ${pages} trang, ${records} bản ghi, ${fields} trường. Mỗi trang được hai người nhập riêng, không ` +
      `thấy bài của nhau.`,
    certAside: (pages: string, which: string) =>
      `Giám sát đã để ${pages} trang ngoài sổ, không nhập: trang ${which}.`,
    certPeople: (typists: string, arbiters: string, auditors: string, panel: string) =>
      `${typists} người nhập, ${arbiters} trọng tài, ${auditors} người nhập kiểm tra, ${panel} người trong hội đồng.`,
    certSettled: (agreed: string, ruled: string, single: string) =>
      `Hai người giống nhau ${agreed} trường, trọng tài quyết định ${ruled}, chỉ một người nhập ${single}.`,
    certAudited: (count: string) =>
      `Việc kiểm tra, do hội đồng quyết định, sửa lại ${count} trường.`,
    certMajority: (count: string) => `Hai trong ba người giống nhau ${count} trường.`,
    certClass: (name: string, wrong: string, checked: string, upper: string, remaining: string) =>
      `${name}: ${wrong} sai trong ${checked} trường đã kiểm tra; nhiều nhất ${upper} trên 10.000. Sửa xong, ` +
      `trong sổ còn nhiều ` +
      `nhất ${remaining} trường sai.`,
    certLimits:
      'Chứng nhận này không nói rằng sổ không có lỗi. Nó nói số lỗi nhiều nhất mà việc kiểm tra cho phép tin (95 %).',
    method: 'Cách tính',
    methodText: 'Clopper–Pearson; phần còn lại: siêu bội',
    seed: 'Mầm số rút mẫu',
    versions: 'Phiên bản',
    pdf: 'Tải chứng nhận (PDF)',
    json: 'Tải số liệu (JSON)',
  },
  {
    certificate: 'Certificate of keying',
    preview: 'Preview, not valid yet',
    valid: (name, moment) => `Released by ${name}, ${moment}`,
    overridden: (moment, reason, people) =>
      `Released by override, ${moment}, although the evidence did not suffice. Reason: ${reason}. Both ` +
      `supervisors: ${people}.`,
    certWork: (pages, records, fields) =>
      `The book has ${pages} pages, ${records} records, ${fields} fields. Every page was keyed by two people ` +
      `apart, blind to each other.`,
    certAside: (pages, which) =>
      `Set aside by supervisors and not keyed, ${pages} pages: ${which}.`,
    certPeople: (typists, arbiters, auditors, panel) =>
      `${typists} typists, ${arbiters} arbiters, ${auditors} people who keyed the audit, ${panel} on panels.`,
    certSettled: (agreed, ruled, single) =>
      `Both typists agreed on ${agreed} fields, arbiters ruled on ${ruled}, one person only keyed ${single}.`,
    certAudited: (count) => `The audit, by its panel, put ${count} fields right.`,
    certMajority: (count) => `Two of three typists agreed on ${count} fields.`,
    certClass: (name, wrong, checked, upper, remaining) =>
      `${name}: ${wrong} wrong in ${checked} fields checked; at most ${upper} in 10,000. With that put right, ` +
      `at most ` +
      `${remaining} fields of the book are wrong.`,
    certLimits:
      'This certificate does not say that the book is free of errors. It says how many, at most, the checks ' +
      'allow one to believe (95 %).',
    method: 'Method',
    methodText: 'Clopper–Pearson; what remains: hypergeometric',
    seed: 'Seed of the draw',
    versions: 'Versions',
    pdf: 'Certificate (PDF)',
    json: 'Figures (JSON)',
  },
)
