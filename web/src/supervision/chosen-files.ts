/** Files that somebody chose or dropped, also whole folders, in the order of the pages. */
export interface ChosenFile {
  /** With the folders it was in, below the one that was dropped. */
  readonly path: string
  readonly file: File
}

const FILES_MAX = 10_000
const DEPTH_MAX = 10
/** What systems put into folders by themselves. */
const LITTER = /^(\.|Thumbs\.db$|desktop\.ini$)/i
const ENDING = /\.[^./]*$/
const order = new Intl.Collator('vi', { numeric: true })

export function isLitter({ file }: ChosenFile): boolean {
  return LITTER.test(file.name)
}

/** 2 before 10, and what has no more in its name before what has, whatever its ending. */
export function inOrder<F extends Pick<ChosenFile, 'path'>>(files: readonly F[]): F[] {
  const plain = ({ path }: F) => path.replace(ENDING, '')
  return [...files].sort(
    (one, other) => order.compare(plain(one), plain(other)) || order.compare(one.path, other.path),
  )
}

export function filesOf(list: Iterable<File>): ChosenFile[] {
  return [...list]
    .slice(0, FILES_MAX)
    .map((file) => ({ path: file.webkitRelativePath || file.name, file }))
}

/** Must be called while the drop is being handled: afterwards the browser has forgotten it. */
export async function filesDropped(transfer: DataTransfer): Promise<ChosenFile[]> {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file')
  const entries = items.flatMap((item) => item.webkitGetAsEntry() ?? [])
  // What comes out of another program, such as a picture of a letter, is nowhere in a folder.
  const found = filesOf(
    items.flatMap((item) => (item.webkitGetAsEntry() ? [] : (item.getAsFile() ?? []))),
  )
  for (const entry of entries) await collect(entry, '', 0, found)
  return found
}

async function collect(
  entry: FileSystemEntry,
  folder: string,
  depth: number,
  found: ChosenFile[],
): Promise<void> {
  if (found.length >= FILES_MAX || depth > DEPTH_MAX) return
  const path = `${folder}${entry.name}`
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    found.push({ path, file })
    return
  }
  if (!isFolder(entry)) return
  const reader = entry.createReader()
  // A reader gives some at a time, and nothing at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return
    for (const inside of some) await collect(inside, `${path}/`, depth + 1, found)
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
