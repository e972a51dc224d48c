export const THEMES = ['system', 'day', 'night'] as const
type Theme = (typeof THEMES)[number]

const KEPT_AS = 'songnhap.theme'
const DARK = matchMedia('(prefers-color-scheme: dark)')

/** Day or night: as chosen at this computer, else as the system has it. */
class Chosen {
  current = $state<Theme>(THEMES.find((one) => one === localStorage.getItem(KEPT_AS)) ?? 'system')

  constructor() {
    DARK.addEventListener('change', () => this.#show())
    this.#show()
  }

  choose(next: Theme): void {
    this.current = next
    localStorage.setItem(KEPT_AS, next)
    this.#show()
  }

  #show(): void {
    const night = this.current === 'night' || (this.current === 'system' && DARK.matches)
    document.documentElement.dataset['theme'] = night ? 'night' : 'day'
  }
}

export const theme = new Chosen()
