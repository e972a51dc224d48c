import type { Likeness } from '../kind-rules.ts'

/** `Nguyễn An` and `Nguyễn Văn An`: a word in the middle that one reader has and the other has not. */
export const DIFFER_IN_ONE_WORD: Likeness = {
  rule: 'word-left-out',
  holds: (a, b) => {
    // The first word stays, so names that begin otherwise need not be taken apart.
    if (a[0] !== b[0] || Math.abs(countBlanks(a) - countBlanks(b)) !== 1) return false
    const [left, right] = [a.split(' '), b.split(' ')]
    const [longer, shorter] = left.length > right.length ? [left, right] : [right, left]
    if (longer.length !== shorter.length + 1 || shorter.length < 2) return false
    const at = longer.findIndex((word, index) => word !== shorter[index])
    return (
      at > 0 && at < longer.length - 1 && longer.toSpliced(at, 1).join(' ') === shorter.join(' ')
    )
  },
}

function countBlanks(text: string): number {
  let count = 0
  for (let at = text.indexOf(' '); at !== -1; at = text.indexOf(' ', at + 1)) count += 1
  return count
}
