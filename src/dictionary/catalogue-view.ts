/** The catalogue tables of a snapshot as {@link Catalogue}: binary search and slices, nothing parsed. */
import type { Catalogue } from '../model/dictionary.js'
import type { Snapshot } from './snapshot/decode.js'
import { findString, stringAt, type StringTable } from './snapshot/strings.js'

export function openCatalogue(snapshot: Snapshot): Catalogue {
  const codes = table(snapshot, 'codes')
  const titles = table(snapshot, 'titles')
  const billable = snapshot.section<Uint8Array>('codes.billable')
  const size = billable.length
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
  const titleOf = remembered(size, title)
  return {
    size,
    find: rememberedFinds(code => findString(codes, size, code)),
    code: remembered(size, entry => stringAt(codes, entry)),
    title: titleOf,
    isBillable: entry => billable[entry] === 1,
    parent: entry => parent[entry] ?? -1,
    children: entry => Array.from(child.subarray(childFirst[entry], childFirst[entry + 1])),
    ownWords: entry => Array.from(own.subarray(ownFirst[entry], ownFirst[entry + 1])),
  }
}

/** Notes name the same few thousand codes: their strings are decoded once. An array: a map would miss the cache more. */
function remembered<Value>(count: number, decode: (entry: number) => Value): (entry: number) => Value {
  const known = new Array<Value | undefined>(count)
  return entry => (known[entry] ??= decode(entry))
}

/** Only what is found is kept: what a note may write that is no code has no end. */
function rememberedFinds(find: (code: string) => number): (code: string) => number {
  const known = new Map<string, number>()
  return code => {
    const seen = known.get(code)
    if (seen !== undefined) return seen
    const entry = find(code)
    if (entry >= 0) known.set(code, entry)
    return entry
  }
}

function table(snapshot: Snapshot, name: string): StringTable {
  return { offsets: snapshot.section(`${name}.offsets`), bytes: snapshot.section(`${name}.bytes`) }
}
