/**
 * The order of the folders, as data. A folder imports itself and folders with a smaller number, so the
 * engine can be read from the bottom up and no arrow ever points back. Folders with the same number do
 * not know each other: what they share is a shape in `model`.
 */
export const FOLDER_ORDER: Readonly<Record<string, number>> = {
  'src/model': 0,
  'src/text': 1,
  'src/codes': 1,
  'src/intake': 1,
  'src/match': 1,
  'src/sources': 2,
  'src/context': 2,
  'src/candidates': 2,
  'src/redact': 2,
  'src/export': 2,
  'src/assist': 2,
  'src/dictionary': 3,
  'src/pipeline': 4,
  'src/store': 5,
  'src/queue': 5,
  'src/app': 6,
  'src/http': 7,
  'src/cli': 8,
  workers: 9,
  /** Files beside the folders: the package's public face. */
  src: 10,
}

/** `src/text/scan.ts` → `src/text`; `src/index.ts` → `src`. */
export function folderOf(file: string): string {
  const [root = '', folder = ''] = file.split('/')
  return root !== 'src' || folder.endsWith('.ts') ? root : `${root}/${folder}`
}
