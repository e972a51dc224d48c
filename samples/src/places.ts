import { pick, type Random } from './random.ts'

/** The invented province of Lam Hồng: districts, their communes, and the villages of each. */

const PROVINCE = 'Lam Hồng'

export interface Commune {
  readonly name: string
  readonly district: string
  readonly villages: readonly string[]
}

export const COMMUNES: readonly Commune[] = [
  { name: 'Khe Lim', district: 'Quỳ Lim', villages: ['Bản Đồng Mới', 'Bản Kẻ Nính', 'Làng Mo'] },
  { name: 'Châu Thắm', district: 'Quỳ Lim', villages: ['Bản Tèn', 'Bản Na Lướt', 'Bản Hốc'] },
  { name: 'Mường Nọi', district: 'Quỳ Lim', villages: ['Bản Piềng Ỏ', 'Bản Xốp Kho', 'Bản Cướm'] },
  {
    name: 'Nậm Xừa',
    district: 'Tương Khê',
    villages: ['Bản Huồi Mũ', 'Bản Phà Lẹ', 'Bản Lưu Tân'],
  },
  {
    name: 'Tam Đỉnh Sơn',
    district: 'Tương Khê',
    villages: ['Bản Chắn Đỏ', 'Bản Khe Ngậu', 'Xóm 2'],
  },
  { name: 'Yên Vực', district: 'Đô Khánh', villages: ['Xóm Giếng', 'Xóm Đình', 'Xóm 7'] },
  { name: 'Thuần Lộ', district: 'Đô Khánh', villages: ['Xóm Bãi Ổi', 'Xóm Rú Đất', 'Xóm 12'] },
  { name: 'Ngọc Trỗ', district: 'Nghĩa Đàm', villages: ['Làng Cuộc', 'Làng Mít', 'Xóm Hữu Lập'] },
]

export function inventBirthplace(random: Random, home: Commune): string {
  return pick(random, [
    `Trạm y tế xã ${home.name}`,
    `Trạm xá ${home.name}`,
    `${pick(random, home.villages)}, ${home.name}`,
    `${pick(random, home.villages)}, xã ${home.name}`,
    `Bệnh viện huyện ${home.district}`,
    'Nhà riêng',
  ])
}

export function inventNativePlace(random: Random, home: Commune): string {
  const origin = random() < 0.8 ? home : pick(random, COMMUNES)
  return pick(random, [
    `${origin.name}, ${origin.district}, ${PROVINCE}`,
    `${origin.name}, ${origin.district}, ${PROVINCE}`,
    `Xã ${origin.name}, huyện ${origin.district}, tỉnh ${PROVINCE}`,
    `${pick(random, origin.villages)}, ${origin.name}, ${origin.district}`,
  ])
}
