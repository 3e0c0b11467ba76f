/**
 * The notes of the tabular list that speak of other codes → flat arrays of the snapshot. A holder is a range of the
 * sorted catalogue: a code with all that stands below it, a section, a chapter; whatever lies in it inherits the note.
 *
 *   notes.from, notes.until     the holder; notes of chapters and sections first, then of codes, ascending
 *   notes.kind                  place in {@link REFERRING_KINDS}, and whether the note demands a code
 *   notes.first                 its references: [first[i], first[i + 1]) of
 *   notes.refFrom, .refUntil    ranges of the catalogue
 *   notes.refBare               1 where the note calls it "NOS"
 *   notes.wide                  how many are notes of chapters and sections
 */
import { withDot } from '../../codes/icd10cm.js'
import type { TabularNote, TabularRow } from '../../model/code.js'
import { REFERRING_KINDS, type ReferringKind } from '../../model/tabular.js'
import type { SectionArray } from '../snapshot/format.js'
import { referencesOf, type CodeRange } from './note-references.js'

/** Set in `notes.kind` where the note asks for a code in every case. */
export const DEMANDS = 128

export interface TabularParts {
  readonly notes: readonly TabularNote[]
  /** Categories, for the extent of a chapter. */
  readonly categories: readonly TabularRow[]
}

/** One group of notes as printed: its lines belong together. */
interface Group {
  readonly level: TabularNote['level']
  readonly at: string
  readonly kind: ReferringKind
  readonly lines: string[]
}

interface EntryRange {
  readonly from: number
  readonly until: number
}

interface Reference extends EntryRange {
  readonly isBare: boolean
}

interface Held extends EntryRange {
  readonly group: Group
  readonly references: readonly Reference[]
}

/** `codes`: of the catalogue, sorted, with dots. */
export function noteSections(
  { notes, categories }: TabularParts,
  codes: readonly string[],
): Record<string, SectionArray> {
  const chapters = chapterRanges(categories)
  const held = groupsOf(notes)
    .flatMap((group): Held[] => {
      const references = referencesOf(group.lines.join('\n'))
        .map(range => ({ ...entriesOf(range, codes), isBare: range.isBare === true }))
        .filter(isFilled)
      const holder = holderOf(group, chapters)
      const range = holder === undefined ? undefined : entriesOf(holder, codes)
      return range === undefined || !isFilled(range) ? [] : [{ ...range, group, references }]
    })
    .filter(one => one.references.length > 0 || demands(one.group))
    .sort((a, b) => Number(a.group.level === 'code') - Number(b.group.level === 'code') || a.from - b.from)
  const first = new Uint32Array(held.length + 1)
  held.forEach((one, i) => (first[i + 1] = (first[i] as number) + one.references.length))
  const references = held.flatMap(one => one.references)
  return {
    'notes.from': Uint32Array.from(held, one => one.from),
    'notes.until': Uint32Array.from(held, one => one.until),
    'notes.kind': Uint8Array.from(
      held,
      ({ group }) => REFERRING_KINDS.indexOf(group.kind) | (demands(group) ? DEMANDS : 0),
    ),
    'notes.first': first,
    'notes.refFrom': Uint32Array.from(references, one => one.from),
    'notes.refUntil': Uint32Array.from(references, one => one.until),
    'notes.refBare': Uint8Array.from(references, one => Number(one.isBare)),
    'notes.wide': Uint32Array.of(held.filter(({ group }) => group.level !== 'code').length),
  }
}

/** "Code first underlying disease"; not where it says "if applicable", nor where it lists what else to code. */
function demands({ kind, lines }: Group): boolean {
  const text = lines.join('\n')
  return kind === 'codeFirst' && /\bunderlying\b/.test(text) && !OPTIONAL.test(text)
}

const OPTIONAL = /\bif (?:applicable|known|any|present)\b|\bany (?:associated|current|causal|underlying)\b/i

/** Lines of one kind at one place follow each other. */
function groupsOf(notes: readonly TabularNote[]): Group[] {
  const groups: Group[] = []
  for (const { level, at, kind, text } of notes) {
    const last = groups.at(-1)
    if (last?.at === at && last.kind === kind && last.level === level) last.lines.push(text)
    else if (isReferring(kind)) groups.push({ level, at, kind, lines: [text] })
  }
  return groups
}

export function isReferring(kind: TabularNote['kind']): kind is ReferringKind {
  return (REFERRING_KINDS as readonly string[]).includes(kind)
}

function holderOf({ level, at }: Group, chapters: ReadonlyMap<string, CodeRange>): CodeRange | undefined {
  if (level === 'chapter') return chapters.get(at)
  if (level === 'code') return { first: withDot(at), last: withDot(at) }
  const [first = '', last = first] = at.split('-')
  return { first, last }
}

function chapterRanges(categories: readonly TabularRow[]): Map<string, CodeRange> {
  const ranges = new Map<string, CodeRange>()
  for (const { chapter, code } of categories) {
    const { first, last } = ranges.get(chapter) ?? { first: code, last: code }
    ranges.set(chapter, { first: code < first ? code : first, last: code > last ? code : last })
  }
  return ranges
}

function isFilled({ from, until }: EntryRange): boolean {
  return until > from
}

/** Sorted by their characters, codes that begin with the same ones stand together. */
function entriesOf({ first, last }: CodeRange, codes: readonly string[]): EntryRange {
  return {
    from: lowest(codes, code => code >= first),
    until: lowest(codes, code => code.slice(0, last.length) > last),
  }
}

function lowest(codes: readonly string[], isPast: (code: string) => boolean): number {
  let low = 0
  let high = codes.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isPast(codes[middle] as string)) high = middle
    else low = middle + 1
  }
  return low
}
