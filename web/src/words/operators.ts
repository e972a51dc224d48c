import { speaking } from './language.svelte.ts'

/** Words about how accurate typists and arbiters are. */
export const operatorWords = speaking(
  {
    typists: 'Người nhập',
    person: 'Người nhập',
    legendRate: 'tỷ lệ sai và khoảng tin cậy 95 %',
    legendBound: 'cận trên',
    legendLevel: 'mức cần giúp đỡ:',
    level: 'Mức cần giúp đỡ, trên 10.000',
    levelMeaning:
      'Gấp đôi mức chung của chính những người nhập này. Cả khoảng nằm trên mức thì nên hỏi han.',
    levelAtStart:
      'Mức tạm dùng khi chưa đủ sáu người có số liệu; đủ rồi thì là gấp đôi mức chung của họ.',
    levelUsual: (usual: string, source: string) => `mức chung ${usual} trên 10.000 (${source})`,
    legendPast: 'cả khoảng nằm trên mức',
    byName: 'Xếp theo tên',
    byBound: 'Xếp theo cận trên',
    byBoundWhy:
      'Cận trên thấp xếp trước. Người mới nhập ít thì cận trên cao, dù chưa sai nhiều: đó không phải là bảng ' +
      'xếp hạng.',
    none: 'Chưa có trường nào chốt, nên chưa có con số nào.',
    judged: 'Đã xét',
    rate: 'Sai trên 10.000',
    plot: 'Khoảng',
    bound: 'Cận trên',
    ratio: 'So với dự kiến',
    rows: 'Sót, thừa, lệch',
    speed: 'Bản ghi mỗi giờ',
    trend: 'Xu hướng',
    rising: (day: string) => `sai nhiều lên từ ${day}`,
    steady: 'đều',
    tooFewTitle: 'Chưa đủ dữ liệu (dưới 300 trường đã xét)',
    tooFew: (missing: string) => `chưa đủ dữ liệu, còn thiếu ${missing} trường`,
    fewOfField: 'chưa đủ dữ liệu',
    someone: 'tài khoản không còn',
    rowName: (
      name: string,
      rate: string,
      low: string,
      high: string,
      bound: string,
      judged: string,
    ) => `${name}: ${rate} trên 10.000, từ ${low} đến ${high}, cận trên ${bound}, ${judged} trường`,
    // What each figure counts.
    judgedMeaning: 'Trường đã nhập mà nay đã có giá trị chốt để so.',
    judgedFields: (count: string) => `${count} trường đã xét`,
    judgedAll: (unjudged: string) => `cùng ${unjudged} trường chưa xét được`,
    rateMeaning:
      'Trường đã nhập khác giá trị chốt, không kể khác nhau chỉ về hình thức; đã tính thêm phần lỗi trùng nhau ' +
      'không nhìn thấy.',
    plainMeaning: 'Trường đã nhập khác giá trị chốt, không kể khác nhau chỉ về hình thức.',
    wrongSeen: (count: string) => `${count} trường sai thấy được`,
    notCounted: 'trang tập, trang chưa chốt, bản ghi sót hoặc thừa (có mục riêng)',
    rulings: (a: string, fell: string, of: string) =>
      `Trả lại cho bên kia phần lỗi bị tính nhầm: ${a} số phán quyết sai (${fell} trên ${of} phán quyết ` +
      'được trọng tài thứ hai xét lại).',
    corrected: (c: string, source: string) =>
      `Chia cho 1 − ${c}: một phần lỗi của hai người trùng nhau nên không thấy (${source}).`,
    fromAudits: 'theo các lần kiểm tra',
    fromStart: 'mức ban đầu, chưa đủ lần kiểm tra',
    boundMeaning:
      'Với độ tin cậy 95 %, người này sai nhiều nhất chừng này trên 10.000 trường. Tỷ lệ được kéo về mức ' +
      'chung: ít dữ liệu thì kéo nhiều.',
    prior: (mean: string, weight: string, source: string) =>
      `Mức chung ${mean} trên 10.000, nặng bằng ${weight} trường (${source}).`,
    fitted: 'tính từ mọi người',
    start: 'mức ban đầu',
    ratioMeaning:
      'Số lỗi chia cho số lỗi mà một người trung bình sẽ mắc trên đúng những trường ấy. 1 là như trung bình; ' +
      'trang khó không bị tính oan.',
    errors: (count: string) => `${count} lỗi`,
    expected: (count: string) => `${count} lỗi dự kiến`,
    rowsMeaning:
      'Bản ghi bị sót, thêm thừa, và chỗ lệch dòng, mỗi cái một lỗi. Không tính vào tỷ lệ sai của trường.',
    rowErrors: (count: string, leftOut: string, madeUp: string, slips: string) =>
      `${count}: ${leftOut} sót, ${madeUp} thừa, ${slips} lệch dòng`,
    rowsOf: (count: string) => `${count} bản ghi`,
    speedMeaning:
      'Bản ghi gõ xong trong một giờ làm thật, không kể lúc nghỉ. Chỉ để đọc cạnh độ chính xác, không phải để ' +
      'so người này với người kia.',
    speedRecords: (count: string) => `${count} bản ghi có đo giờ`,
    speedHours: (hours: string) => `${hours} giờ làm`,
    noSpeed: 'chưa đo',
    fieldsPerHour: 'Trường mỗi giờ',
    keysPerHour: 'Phím mỗi giờ',
    keys: (count: string) => `${count} phím`,
    erased: 'Phím xóa',
    erasedMeaning:
      'Phần phím dùng để xóa. Bộ gõ tiếng Việt tự xóa rồi viết lại một chữ thì tính là một phím, không phải xóa.',
    trendMeaning:
      'Tổng tích lũy (CUSUM) trên các trang gõ gần nhất: tăng khi sai nhiều hơn mức thường của chính người ' +
      'này, có tính độ khó. Quá giới hạn là tín hiệu để hỏi han.',
    trendSum: (sum: string) => `tổng hiện nay ${sum}`,
    trendLimit: (limit: string) => `giới hạn ${limit}`,
    trendUsual: (usual: string, of: string) =>
      `Mức thường ${usual} lần dự kiến, theo ${of} trường đầu.`,
    majorMeaning: 'Trường quan trọng hoặc nhân thân sai về nội dung, không phải về chính tả.',
    major: 'Sai nặng trên 10.000',
    marks: 'Dấu đã dùng',
    marksMeaning: 'Trường được đánh dấu (trống, không đọc được, rách…) thay cho chữ.',
    carried: 'Như trên',
    carriedMeaning: 'Trường lấy theo bản ghi trên.',
    readings: (count: string) => `${count} trường đã nhập`,
    times: (count: string) => `${count} lần`,
    // One person.
    everybody: 'Mọi người nhập',
    notHere: 'Chưa có số liệu về người này trong chiến dịch này.',
    lead: (rate: string, low: string, high: string) =>
      `${rate} trường sai trên 10.000; với độ tin cậy 95 %: từ ${low} đến ${high}.`,
    figures: 'Số liệu',
    byField: 'Theo trường',
    byClass: 'Theo nhóm trường',
    field: 'Trường',
    fieldClass: 'Nhóm',
    byDay: 'Theo ngày gõ',
    day: 'Ngày',
    wrong: 'Sai',
    expectedHead: 'Dự kiến',
    average: 'Trung bình trượt',
    cusum: 'CUSUM',
    signal: 'tín hiệu',
    chartName: (days: string, signals: string) =>
      `CUSUM qua ${days} ngày, ${signals} ngày có tín hiệu`,
    cusumLegend: 'CUSUM',
    limitLegend: 'giới hạn',
    averageLegend: 'trung bình trượt của (sai − dự kiến)',
    averageMeaning:
      'Hình trên: tổng tích lũy, tam giác là tín hiệu. Hình dưới: trung bình trượt của (sai − dự kiến) so với ' +
      'dải bình thường.',
    confusions: 'Chữ hay nhầm',
    noConfusions: 'Chưa có chữ nào nhầm.',
    stands: 'Sổ ghi',
    typed: 'Đã gõ',
    how: 'Nhầm gì',
    count: 'Số lần',
    nothing: '(không có)',
    tone: 'dấu thanh',
    quality: 'dấu chữ',
    'tone-and-quality': 'cả dấu chữ và dấu thanh',
    letter: 'chữ khác',
    'left-out': 'sót chữ',
    added: 'thừa chữ',
    charges: 'Chỗ sai gần nhất',
    noCharges: 'Chưa có chỗ nào sai.',
    place: 'Ở đâu',
    placeOf: (book: string, page: string, record: string) =>
      `${book}, trang ${page}, bản ghi ${record}`,
    settledAs: 'Đã chốt',
    confusionMeaning:
      'Số lần chữ này bị gõ thành chữ kia, ở những trường đọc được và chỉ khác vài chữ.',
    dayJudgedMeaning: 'Trường gõ ngày này mà đã có giá trị chốt.',
    dayWrongMeaning: 'Trường gõ ngày này khác giá trị chốt.',
    dayExpectedMeaning: 'Số lỗi mà một người trung bình sẽ mắc trên đúng những trường ấy.',
  },
  {
    typists: 'Typists',
    person: 'Typist',
    legendRate: 'error rate and 95 % interval',
    legendBound: 'upper bound',
    legendLevel: 'help is offered from',
    level: 'Level of help, in 10,000',
    levelMeaning:
      'Twice what is usual of these typists. Ask how somebody is when the whole interval is past it.',
    levelAtStart:
      'Taken until six people are judged well enough; from then on it is twice what is usual of them.',
    levelUsual: (usual, source) => `usual are ${usual} in 10,000 (${source})`,
    legendPast: 'the whole interval is past it',
    byName: 'By name',
    byBound: 'By the upper bound',
    byBoundWhy:
      'Low bounds come first. Whoever keyed little has a high bound without many errors: it is no league table.',
    none: 'Nothing is settled yet, so there is no figure.',
    judged: 'Judged',
    rate: 'Wrong in 10,000',
    plot: 'Interval',
    bound: 'Upper bound',
    ratio: 'Against expected',
    rows: 'Left out, made up',
    speed: 'Records an hour',
    trend: 'Trend',
    rising: (day) => `more errors since ${day}`,
    steady: 'steady',
    tooFewTitle: 'Not enough data (fewer than 300 judged fields)',
    tooFew: (missing) => `not enough data, ${missing} fields short`,
    fewOfField: 'not enough data',
    someone: 'account is gone',
    rowName: (name, rate, low, high, bound, judged) =>
      `${name}: ${rate} in 10,000, ${low} to ${high}, upper bound ${bound}, ${judged} fields`,
    judgedMeaning: 'Fields keyed that have a settled value to be held against.',
    judgedFields: (count) => `${count} judged fields`,
    judgedAll: (unjudged) => `besides ${unjudged} that cannot be judged yet`,
    rateMeaning:
      'Fields keyed otherwise than settled, differences of form only left aside; errors that both made alike, ' +
      'and nobody sees, are added.',
    plainMeaning: 'Fields keyed otherwise than settled, differences of form only left aside.',
    wrongSeen: (count) => `${count} wrong fields seen`,
    notCounted: 'practice, pages not settled, records left out or made up (told apart)',
    rulings: (a, fell, of) =>
      `Errors charged to the wrong one of two are given back: ${a} of rulings are wrong (${fell} of ${of} ` +
      'that a second arbiter checked).',
    corrected: (c, source) =>
      `Divided by 1 − ${c}: part of two people’s errors are alike and not seen (${source}).`,
    fromAudits: 'from audits',
    fromStart: 'a start, audits are too few',
    boundMeaning:
      'With 95 % confidence this person errs at most so often in 10,000 fields. The rate is drawn towards the ' +
      'average: the more, the less is known.',
    prior: (mean, weight, source) =>
      `Average ${mean} in 10,000, weighing ${weight} fields (${source}).`,
    fitted: 'from all people',
    start: 'a start',
    ratioMeaning:
      'Errors divided by those that an average person would make on just these fields. 1 is average; hard ' +
      'pages are not held against anybody.',
    errors: (count) => `${count} errors`,
    expected: (count) => `${count} expected errors`,
    rowsMeaning:
      'Records left out or made up, and slipped rows, each one error. Not part of the rate of fields.',
    rowErrors: (count, leftOut, madeUp, slips) =>
      `${count}: ${leftOut} left out, ${madeUp} made up, ${slips} slips`,
    rowsOf: (count) => `${count} records`,
    speedMeaning:
      'Records finished in an hour of work, breaks left aside. To be read beside accuracy only, and not to ' +
      'compare people.',
    speedRecords: (count) => `${count} timed records`,
    speedHours: (hours) => `${hours} hours of work`,
    noSpeed: 'not timed',
    fieldsPerHour: 'Fields an hour',
    keysPerHour: 'Keys an hour',
    keys: (count) => `${count} keys`,
    erased: 'Keys that erase',
    erasedMeaning:
      'How many of the keys erase. Where an input method erases a letter and writes it anew, that is one key and ' +
      'no erasing.',
    trendMeaning:
      'A cumulative sum (CUSUM) over the pages keyed last: it grows while somebody errs more than he or she ' +
      'used to, difficulty allowed for. Past the limit it is a signal to ask.',
    trendSum: (sum) => `sum now ${sum}`,
    trendLimit: (limit) => `limit ${limit}`,
    trendUsual: (usual, of) =>
      `Usual level ${usual} times what is expected, by the first ${of} fields.`,
    majorMeaning: 'Critical or identity fields that are wrong in content, and not in spelling.',
    major: 'Major errors in 10,000',
    marks: 'Marks used',
    marksMeaning: 'Fields that were marked (blank, illegible, torn…) in place of text.',
    carried: 'As above',
    carriedMeaning: 'Fields taken over from the record above.',
    readings: (count) => `${count} fields keyed`,
    times: (count) => `${count} times`,
    everybody: 'All typists',
    notHere: 'There are no figures of this person in this campaign yet.',
    lead: (rate, low, high) =>
      `${rate} wrong fields in 10,000; with 95 % confidence ${low} to ${high}.`,
    figures: 'Figures',
    byField: 'By field',
    byClass: 'By class of fields',
    field: 'Field',
    fieldClass: 'Class',
    byDay: 'By day of keying',
    day: 'Day',
    wrong: 'Wrong',
    expectedHead: 'Expected',
    average: 'Moving average',
    cusum: 'CUSUM',
    signal: 'signal',
    chartName: (days, signals) => `CUSUM over ${days} days, ${signals} days with a signal`,
    cusumLegend: 'CUSUM',
    limitLegend: 'limit',
    averageLegend: 'moving average of (wrong − expected)',
    averageMeaning:
      'Above: the cumulative sum, triangles are signals. Below: the moving average of (wrong − expected) in ' +
      'its usual band.',
    confusions: 'Letters confused',
    noConfusions: 'No letter was confused yet.',
    stands: 'It says',
    typed: 'Typed',
    how: 'What was confused',
    count: 'Times',
    nothing: '(nothing)',
    tone: 'the tone',
    quality: 'the mark on the letter',
    'tone-and-quality': 'both mark and tone',
    letter: 'another letter',
    'left-out': 'a letter left out',
    added: 'a letter too many',
    charges: 'Latest errors',
    noCharges: 'Nothing was wrong yet.',
    place: 'Where',
    placeOf: (book, page, record) => `${book}, page ${page}, record ${record}`,
    settledAs: 'Settled',
    confusionMeaning:
      'How often one letter was typed for another, where a field can be read and differs in a few letters only.',
    dayJudgedMeaning: 'Fields keyed on this day that have a settled value.',
    dayWrongMeaning: 'Fields keyed on this day otherwise than settled.',
    dayExpectedMeaning: 'Errors that an average person would make on just these fields.',
  },
)
