const WITH_THE_FILE = new Set(['EIO', 'EISDIR', 'EBADMSG', 'EUCLEAN', 'ESTALE'])
const WITH_THE_MACHINE = new Set(['EMFILE', 'ENFILE', 'EAGAIN', 'ENOMEM'])

/**
 * Whether what failed is the reading of this very file, as on a bad sector; a full disk or too many
 * open files say nothing about it. An error in the middle of a file does not name its path.
 */
export function isOfFile(error: Error, path: string): boolean {
  const { code, path: named } = error as NodeJS.ErrnoException
  if (code === undefined || WITH_THE_MACHINE.has(code)) return false
  return WITH_THE_FILE.has(code) || named === path
}
