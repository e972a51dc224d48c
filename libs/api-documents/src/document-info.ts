/** What both documents say of themselves. */
export const TITLE = 'Song Nhập'
/** Of the contracts, by semantic versioning: raised by whoever changes one. */
export const API_VERSION = '1.0.0'
export const LICENSE = {
  name: 'Apache-2.0',
  url: 'https://www.apache.org/licenses/LICENSE-2.0',
} as const
