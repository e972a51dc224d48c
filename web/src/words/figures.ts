import { speaking } from './language.svelte.ts'

/** Words in which a figure explains itself. */
export const figureWords = speaking(
  {
    explains: (figure: string, name: string) => `${figure}: ${name}, xem cách tính`,
    meaning: 'Định nghĩa',
    numerator: 'Tử số',
    denominator: 'Mẫu số',
    sum: 'Phép tính',
    interval: 'Khoảng',
    leftOut: 'Không tính',
    asOf: 'Số liệu',
    asOfText: (moment: string) => `tới ${moment}`,
    truth: (count: string) => `bản giá trị chốt ${count}`,
    close: 'Đóng',
    noRate: 'chưa đủ dữ liệu',
    wilson: (percent: string) => `Wilson ${percent} %`,
    'wilson-corrected': (percent: string) =>
      `Wilson ${percent} %, chia cho phần lỗi nhìn thấy được`,
    'beta-posterior': (percent: string) =>
      `cận trên ${percent} %, sau khi kéo về mức chung của mọi người`,
    poisson: (percent: string) => `Poisson chính xác ${percent} %`,
    binomial: (percent: string) => `Clopper–Pearson ${percent} %`,
    fromTo: (low: string, high: string) => `từ ${low} đến ${high}`,
    atMost: (high: string) => `nhiều nhất ${high}`,
    perTenThousand: 'trên 10.000',
  },
  {
    explains: (figure, name) => `${figure}: ${name}, how it is counted`,
    meaning: 'Definition',
    numerator: 'Numerator',
    denominator: 'Denominator',
    sum: 'Arithmetic',
    interval: 'Interval',
    leftOut: 'Left out',
    asOf: 'Figures',
    asOfText: (moment) => `as of ${moment}`,
    truth: (count) => `settled values, version ${count}`,
    close: 'Close',
    noRate: 'not enough data',
    wilson: (percent) => `Wilson ${percent} %`,
    'wilson-corrected': (percent) =>
      `Wilson ${percent} %, divided by the share of errors that is seen`,
    'beta-posterior': (percent) => `upper bound ${percent} %, drawn towards the average of all`,
    poisson: (percent) => `exact Poisson ${percent} %`,
    binomial: (percent) => `Clopper–Pearson ${percent} %`,
    fromTo: (low, high) => `${low} to ${high}`,
    atMost: (high) => `at most ${high}`,
    perTenThousand: 'in 10,000',
  },
)
