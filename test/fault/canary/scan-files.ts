/** Looks for canaries in files and directories, whatever their size; in their names too. */
import { closeSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs'
import path from 'node:path'
import type { Hit, Scanner } from './scan-bytes.js'

export interface PlacedHit extends Hit {
  /** Where: a file, a key of Redis, a header. */
  readonly place: string
}

const PIECE_BYTES = 4 * 1024 * 1024

/** Directories with all below them. Links are not followed; what is no file has no content to look at. */
export function scanFiles(scanner: Scanner, paths: readonly string[]): PlacedHit[] {
  return paths.flatMap(start => {
    const stats = lstatSync(start, { throwIfNoEntry: false })
    const inName = scanPlace(scanner, `name of ${start}`, Buffer.from(path.basename(start)))
    if (stats?.isFile() === true) return [...inName, ...scanFile(scanner, start)]
    if (stats?.isDirectory() !== true) return inName
    return [
      ...inName,
      ...scanFiles(
        scanner,
        readdirSync(start).map(name => path.join(start, name)),
      ),
    ]
  })
}

export function scanPlace(scanner: Scanner, place: string, bytes: Uint8Array): PlacedHit[] {
  return scanner.scan(bytes).map(hit => ({ ...hit, place }))
}

/** In pieces that overlap; a hit that lies in two of them is reported once. */
function scanFile(scanner: Scanner, file: string): PlacedHit[] {
  const piece = Buffer.allocUnsafe(PIECE_BYTES + scanner.overlap)
  const hits = new Map<string, PlacedHit>()
  const descriptor = openSync(file, 'r')
  try {
    for (let start = 0; ; start += PIECE_BYTES) {
      const length = readSync(descriptor, piece, 0, piece.length, start)
      for (const hit of scanPlace(scanner, file, piece.subarray(0, length))) {
        const at = start + hit.at
        hits.set(`${hit.canary} ${at}`, { ...hit, at })
      }
      if (length < piece.length) return [...hits.values()]
    }
  } finally {
    closeSync(descriptor)
  }
}
