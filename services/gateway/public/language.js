const KEY = 'songnhap.language'

/** As chosen in the workplace. */
export const language = {
  get code() {
    return localStorage.getItem(KEY) === 'en' ? 'en' : 'vi'
  },
  turn() {
    localStorage.setItem(KEY, language.code === 'vi' ? 'en' : 'vi')
  },
}
