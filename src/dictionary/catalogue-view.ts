/** The catalogue tables of a snapshot as {@link Catalogue}: binary search and slices, nothing parsed. */
import type { Catalogue } from '../model/dictionary.js'
import type { Snapshot } from './snapshot/decode.js'
import { stringAt, type StringTable } from './snapshot/strings.js'

export function openCatalogue(snapshot: Snapshot): Catalogue {
  const codes = table(snapshot, 'codes')
  const titles = table(snapshot, 'titles')
  const billable = snapshot.section<Uint8Array>('codes.billable')
  const parent = snapshot.section<Int32Array>('codes.parent')
  const childFirst = snapshot.section<Uint32Array>('codes.childFirst')
  const child = snapshot.section<Uint32Array>('codes.child')
  const ownFirst = snapshot.section<Uint32Array>('codes.ownFirst')
  const own = snapshot.section<Uint32Array>('codes.own')
  const shared = snapshot.section<Uint8Array>('titles.shared')
  const title = (entry: number): string => {
    const length = shared[entry] ?? 0
    const own = stringAt(titles, entry)
    return length === 0 ? own : titleOf(parent[entry] as number).slice(0, length) + own
  }
  const titleOf = remembered(title)
  return {
    size: billable.length,
    find: code => findCode(codes, billable.length, code),
    code: remembered(entry => stringAt(codes, entry)),
    title: titleOf,
    isBillable: entry => billable[entry] === 1,
    parent: entry => parent[entry] ?? -1,
    children: entry => Array.from(child.subarray(childFirst[entry], childFirst[entry + 1])),
    ownWords: entry => Array.from(own.subarray(ownFirst[entry], ownFirst[entry + 1])),
  }
}

/** Notes name the same few thousand codes: their strings are decoded once. */
function remembered(decode: (entry: number) => string): (entry: number) => string {
  const known = new Map<number, string>()
  return entry => {
    const seen = known.get(entry)
    if (seen !== undefined) return seen
    const decoded = decode(entry)
    known.set(entry, decoded)
    return decoded
  }
}

function table(snapshot: Snapshot, name: string): StringTable {
  return { offsets: snapshot.section(`${name}.offsets`), bytes: snapshot.section(`${name}.bytes`) }
}

/** Codes are sorted by their ASCII form with dot. */
function findCode(codes: StringTable, size: number, wanted: string): number {
  let low = 0
  let high = size - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const order = compareAt(codes, middle, wanted)
    if (order === 0) return middle
    if (order < 0) low = middle + 1
    else high = middle - 1
  }
  return -1
}

function compareAt({ offsets, bytes }: StringTable, entry: number, wanted: string): number {
  const start = offsets[entry] as number
  const length = (offsets[entry + 1] as number) - start
  const shared = Math.min(length, wanted.length)
  for (let i = 0; i < shared; i++) {
    const difference = (bytes[start + i] as number) - wanted.charCodeAt(i)
    if (difference !== 0) return difference
  }
  return length - wanted.length
}
