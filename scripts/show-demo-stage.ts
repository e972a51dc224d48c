import type { DemoStage } from '@songnhap/demo'
import { SingleBar } from 'cli-progress'

const LINE_EVERY_MS = 5_000

export interface StageDisplay {
  update(stage: DemoStage): void
  stop(): void
}

/** A bar on a terminal, a line now and then elsewhere; on standard error, beside the result. */
export function showDemoStage(total: number, say: (line: string) => void): StageDisplay {
  if (process.stderr.isTTY) {
    const bar = new SingleBar({ format: '{bar} {text}', hideCursor: true, stream: process.stderr })
    bar.start(total, 0, { text: 'starting' })
    return {
      update: (stage) => bar.update(stage.settled, { text: textOf(stage) }),
      stop: () => bar.stop(),
    }
  }
  let saidAt = 0
  return {
    update(stage) {
      if (Date.now() - saidAt < LINE_EVERY_MS && stage.settled < stage.total) return
      saidAt = Date.now()
      say(textOf(stage))
    },
    stop() {},
  }
}

function textOf({ uploaded, entries, settled, total }: DemoStage): string {
  return `${uploaded} pages in, ${entries} entries, ${settled} of ${total} pages settled`
}
