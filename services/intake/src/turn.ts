/** A book's turn at being read. After so many pages it makes room, if another book waits. */
export interface Turn {
  readonly isOver: boolean
  /** One more page, or file, is done with. */
  count(): Promise<void>
}

export function openTurn(
  pagesMax: number,
  leading: AbortSignal,
  isAwaited: () => Promise<boolean>,
): Turn {
  let pages = 0
  let makesRoom = false
  return {
    get isOver() {
      return makesRoom || leading.aborted
    },
    async count() {
      pages += 1
      if (pages % pagesMax === 0 && !makesRoom) makesRoom = await isAwaited()
    },
  }
}
