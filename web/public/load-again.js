// A line that breaks may lose a part of the app while it begins, and the page would stay empty for ever.
// It is loaded again, a few times, each after a longer wait, and says so; then it asks. What comes after
// the beginning is asked for again by load-screen.ts, which begins the count anew when a screen is there.
{
  const COUNTED_AS = 'songnhap.loads'
  const LOADS_MAX = 6
  const FIRST_WAIT_MS = 1_000
  const TRYING = {
    vi: 'Chưa tải được Song Nhập, đang tự thử lại…',
    en: 'Song Nhập is not loaded yet, trying again…',
  }
  const FAILED = {
    vi:
      'Chưa tải được Song Nhập. Bài đã lưu ở máy này vẫn còn nguyên. Kiểm tra mạng rồi tải lại; ' +
      'nếu vẫn vậy, báo người giám sát.',
    en:
      'Song Nhập could not be loaded. Your work on this computer is safe. Check the network, then ' +
      'load again; if it stays so, tell your supervisor.',
  }

  const begun = () => document.readyState !== 'loading' && !document.querySelector('#opening')
  const say = (texts) => {
    if (document.readyState === 'loading') {
      return addEventListener('DOMContentLoaded', () => say(texts), { once: true })
    }
    const [words, button] = [document.createElement('div'), document.createElement('button')]
    for (const [lang, text] of Object.entries(texts)) {
      const line = Object.assign(document.createElement('p'), { lang, textContent: text })
      line.style.margin = '0 0 12px'
      words.append(line)
    }
    words.setAttribute('role', 'status')
    button.textContent = 'Tải lại · Load again'
    button.onclick = () => {
      sessionStorage.removeItem(COUNTED_AS)
      location.reload()
    }
    const opening = document.querySelector('#opening')
    // Set here, since what was lost may be the styles.
    Object.assign(opening?.style ?? {}, {
      margin: '0 auto',
      maxWidth: '560px',
      padding: '12vh 16px 0',
    })
    opening?.replaceChildren(words, button)
  }
  const again = ({ target }) => {
    const part = target instanceof HTMLScriptElement || target instanceof HTMLLinkElement
    if (!part || target.rel === 'icon' || begun()) return
    removeEventListener('error', again, true)
    const loads = Number(sessionStorage.getItem(COUNTED_AS) ?? 0)
    if (loads >= LOADS_MAX) return say(FAILED)
    say(TRYING)
    sessionStorage.setItem(COUNTED_AS, String(loads + 1))
    setTimeout(() => location.reload(), FIRST_WAIT_MS * 2 ** loads)
  }
  addEventListener('error', again, true)
}
