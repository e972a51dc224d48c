import type { Command } from '../desk/keys.ts'
import type { LookAround } from '../desk/look-around.svelte.ts'
import type { ArbiterDesk } from './arbiter-desk.svelte.ts'

interface Screen {
  openKeys(): void
  close(): void
}

/** Does what a key asked for, answers aside. */
export function doCommand(
  command: Command,
  desk: ArbiterDesk,
  look: LookAround,
  screen: Screen,
): void {
  const deeds: Partial<Readonly<Record<Command['do'], () => void>>> = {
    undo: () => desk.takeBack(),
    finish: () => void desk.sendDone(),
    up: () => desk.step(-1),
    down: () => desk.step(1),
    keys: () => screen.openKeys(),
    escape: () => {
      desk.entries = undefined
      screen.close()
    },
    'zoom-in': () => look.zoomBy(1),
    'zoom-out': () => look.zoomBy(-1),
    'pan-up': () => look.panBy(-1, undefined),
    'pan-down': () => look.panBy(1, undefined),
    contrast: () => look.nextContrast(),
    invert: () => look.invert(),
    rotate: () => look.turn(),
    'reset-picture': () => look.reset(),
    'picture-size': () => look.nextSize(),
  }
  deeds[command.do]?.()
}
