import { arbitrationWords } from '../words/arbitration.ts'
import type { Choice } from './choices.svelte'

type SendBack = 'send-back-first' | 'send-back-second' | 'send-back-both'

/** Sending a page back costs an hour of somebody's work: it is asked once more. */
export class AskOnce {
  asked = $state<SendBack>()

  choices(give: (verdict: SendBack) => void): Choice[] {
    const { asked } = this
    const words = arbitrationWords()
    if (asked === undefined) return []
    return [
      { number: 1, label: words.sendBackYes, act: () => give(asked) },
      { number: 2, label: words.sendBackNo, act: () => (this.asked = undefined) },
    ]
  }
}
