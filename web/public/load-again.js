// A line that breaks may lose a part of the app while it is loaded, and the page would stay empty for
// ever. It is loaded again, a few times, each after a longer wait. main.ts begins the count anew.
{
  const COUNTED_AS = 'songnhap.loads'
  const LOADS_MAX = 6
  const FIRST_WAIT_MS = 1_000
  const again = ({ target }) => {
    const part = target instanceof HTMLScriptElement || target instanceof HTMLLinkElement
    const loads = Number(sessionStorage.getItem(COUNTED_AS) ?? 0)
    if (!part || target.rel === 'icon' || loads >= LOADS_MAX) return
    removeEventListener('error', again, true)
    sessionStorage.setItem(COUNTED_AS, String(loads + 1))
    setTimeout(() => location.reload(), FIRST_WAIT_MS * 2 ** loads)
  }
  addEventListener('error', again, true)
}
