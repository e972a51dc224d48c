import { chance, pick, type Random } from './random.ts'

/** Invented people: families, middle and given names that go together, chosen at random. */

const SEXES = ['Nam', 'Nữ'] as const
type Sex = (typeof SEXES)[number]

interface NameLists {
  readonly families: readonly string[]
  readonly middle: Readonly<Record<Sex, readonly string[]>>
  readonly given: Readonly<Record<Sex, readonly string[]>>
}

const KINH_MIDDLE = {
  Nam: ['Văn', 'Văn', 'Văn', 'Hữu', 'Đức', 'Quang', 'Minh', 'Xuân', 'Bá', 'Đình', 'Công', ''],
  Nữ: ['Thị', 'Thị', 'Thị', 'Thị', 'Thị Thu', 'Thị Hồng', 'Thị Thanh', 'Ngọc', 'Thị Bích', 'Thúy'],
}
const KINH_GIVEN = {
  Nam: [
    ...['An', 'Bảo', 'Chiến', 'Cường', 'Dũng', 'Dương', 'Đạt', 'Giang', 'Hải', 'Hiếu', 'Hòa'],
    ...['Huỳnh', 'Hùng', 'Khánh', 'Kiên', 'Lợi', 'Mạnh', 'Nghĩa', 'Phú', 'Quốc', 'Quyết', 'Sơn'],
    ...['Tài', 'Thắng', 'Thịnh', 'Thuận', 'Tiến', 'Toàn', 'Trường', 'Tuấn', 'Vượng', 'Ý'],
  ],
  Nữ: [
    ...['Anh', 'Bình', 'Cẩm', 'Duyên', 'Đào', 'Hà', 'Hạnh', 'Hằng', 'Hiền', 'Hoài', 'Huệ'],
    ...['Hương', 'Hường', 'Lan', 'Liễu', 'Loan', 'Lý', 'Mai', 'Nga', 'Ngân', 'Nguyệt', 'Nhuần'],
    ...['Phượng', 'Quỳnh', 'Thảo', 'Thơm', 'Thủy', 'Thưởng', 'Trang', 'Tuyết', 'Vân', 'Yến'],
  ],
}
const HIGHLAND_MIDDLE = {
  Nam: ['Văn', 'Văn', 'Văn', 'Thanh', 'Bình'],
  Nữ: ['Thị', 'Thị', 'Thị Ái'],
}

const NAMES = {
  Kinh: {
    families: [
      ...['Nguyễn', 'Nguyễn', 'Nguyễn', 'Trần', 'Trần', 'Lê', 'Lê', 'Phạm', 'Hoàng', 'Phan', 'Võ'],
      ...['Đặng', 'Bùi', 'Hồ', 'Đậu', 'Cao', 'Thái', 'Đinh', 'Tạ', 'Chu', 'Ngô', 'Dương'],
    ],
    middle: KINH_MIDDLE,
    given: KINH_GIVEN,
  },
  Thái: {
    families: ['Lô', 'Lô', 'Vi', 'Vi', 'Lương', 'Hà', 'Quang', 'Ngân', 'Lữ', 'Kha', 'Lộc', 'Sầm'],
    middle: HIGHLAND_MIDDLE,
    given: {
      Nam: ['Khuyên', 'Thoại', 'Tuyên', 'Diệm', 'Phợn', 'Hoan', 'Khăm', 'Nhất', 'Thuyết', 'Xuyên'],
      Nữ: ['Mận', 'Xuyến', 'Hoài', 'Nhuần', 'Ón', 'Thiêm', 'Thưởng', 'Lả', 'Nang', 'Hướng'],
    },
  },
  Thổ: {
    families: ['Trương', 'Trương', 'Lê', 'Nguyễn', 'Hoàng', 'Cao', 'Bùi', 'Phan'],
    middle: HIGHLAND_MIDDLE,
    given: {
      Nam: ['Dần', 'Hợi', 'Lưu', 'Ngọ', 'Sửu', 'Tý', 'Thìn', 'Bằng', 'Chất', 'Nghiêm'],
      Nữ: ['Lưu', 'Mùi', 'Tỵ', 'Sen', 'Nhàn', 'Thường', 'Thỏa', 'Chắt', 'Nhường', 'Vỹ'],
    },
  },
  'Khơ Mú': {
    families: ['Moong', 'Moong', 'Cụt', 'Lữ', 'Ven', 'Xeo', 'Ốc'],
    middle: HIGHLAND_MIDDLE,
    given: {
      Nam: ['Khăm', 'Phò', 'Thắng', 'Oong', 'Nghệ', 'Biên', 'Chắn', 'Dung'],
      Nữ: ['Pheng', 'Oanh', 'Nguyệt', 'Ỏn', 'Phén', 'Hoa', 'Thương', 'Mằn'],
    },
  },
  Mông: {
    families: ['Và', 'Vừ', 'Lầu', 'Xồng', 'Già', 'Hờ', 'Lỳ'],
    middle: { Nam: ['Bá', 'Bá', 'Giống', 'Nỏ', 'Nhìa'], Nữ: ['Y', 'Y', 'Mái'] },
    given: {
      Nam: ['Chò', 'Dìa', 'Tủa', 'Pó', 'Lống', 'Xử', 'Rê', 'Chớ'],
      Nữ: ['Dở', 'Xía', 'Ca', 'Pà', 'Mỷ', 'Dợ', 'Xừ', 'Bầu'],
    },
  },
} as const satisfies Record<string, NameLists>

type Ethnicity = keyof typeof NAMES

const MIXED_MARRIAGE = 0.12
/** Ethnic groups as often as they are met in the invented district. */
const ETHNICITY_MIX: readonly Ethnicity[] = [
  ...(['Kinh', 'Kinh', 'Kinh', 'Kinh', 'Thái', 'Thái', 'Thái', 'Thái', 'Thổ', 'Thổ'] as const),
  ...(['Khơ Mú', 'Mông'] as const),
]

export interface Family {
  readonly ethnicity: Ethnicity
  readonly sex: Sex
  readonly childName: string
  readonly motherName: string
  readonly fatherName: string
  /** Somebody of the house who may declare the birth in the parents' place. */
  readonly grandparentName: string
}

/** A child takes the father's family name, or the mother's where no father is entered. */
export function inventFamily(random: Random, fatherKnown: boolean): Family {
  const ethnicity = pick(random, ETHNICITY_MIX)
  const fatherFamily = pick(random, NAMES[ethnicity].families)
  const motherPeople = chance(random, MIXED_MARRIAGE) ? pick(random, ETHNICITY_MIX) : ethnicity
  const motherFamily = pick(random, NAMES[motherPeople].families)
  const childFamily = fatherKnown ? fatherFamily : motherFamily
  const sex = pick(random, SEXES)
  return {
    ethnicity,
    sex,
    childName: inventName(random, ethnicity, sex, childFamily),
    motherName: inventName(random, motherPeople, 'Nữ', motherFamily),
    fatherName: fatherKnown ? inventName(random, ethnicity, 'Nam', fatherFamily) : '',
    grandparentName: inventName(random, ethnicity, pick(random, SEXES), childFamily),
  }
}

/** A given name that somebody might write by mistake. */
export function anyGivenName(random: Random): string {
  return pick(random, KINH_GIVEN[pick(random, SEXES)])
}

function inventName(random: Random, ethnicity: Ethnicity, sex: Sex, family: string): string {
  const lists: NameLists = NAMES[ethnicity]
  const parts = [family, pick(random, lists.middle[sex]), pick(random, lists.given[sex])]
  return parts.filter((part) => part !== '').join(' ')
}
