/**
 * The compiled dictionary as the engine sees it: read-only tables over one snapshot.
 * How they are built and opened is the business of `dictionary/`.
 */
import type { CodeSystem, Origin } from './code.js'

/** Where a phrase's wording comes from; decides between two codes for the same words. */
export type PhraseSource =
  | 'lexicon'
  | 'lexicon-abbreviation'
  | 'lexicon-lay'
  | 'title'
  | 'title-default'
  | 'inclusion-term'
  | 'index'
  | 'neoplasm-table'
  | 'abbreviation'
export const PHRASE_SOURCES: readonly PhraseSource[] = [
  'lexicon',
  'lexicon-abbreviation',
  'lexicon-lay',
  'title',
  'title-default',
  'inclusion-term',
  'index',
  'neoplasm-table',
  'abbreviation',
]

/** What a phrase stands for: a row of the lexicon, or a code of the release. */
export interface Sense {
  readonly source: PhraseSource
  /** Row of the lexicon, or -1. */
  readonly concept: number
  /** Code of the catalogue, or -1 (a lexicon row whose code has axes is resolved by the note). */
  readonly entry: number
  /** The letters must be capitals in the note. */
  readonly needsCapitals: boolean
}

export type ConceptKind =
  | 'disease'
  | 'symptom'
  | 'finding'
  | 'injury'
  | 'status'
  | 'history'
  | 'external'
  | 'encounter'
  | 'procedure'
  /** A sense of an abbreviation that is no condition: room air, mental status. */
  | 'none'
export const CONCEPT_KINDS: readonly ConceptKind[] = [
  'disease',
  'symptom',
  'finding',
  'injury',
  'status',
  'history',
  'external',
  'encounter',
  'procedure',
  'none',
]

/** One row of the lexicon. */
export interface Concept {
  readonly system: CodeSystem
  /** With dot; may hold axes: `S01.31{side}{encounter}`. */
  readonly code: string
  readonly preferred: string
  readonly kind: ConceptKind
  readonly history?: string
  readonly family?: string
  readonly chronic?: boolean
  readonly weak?: boolean
  /** A bare word that means what the note names elsewhere: a candidate only where a list of diagnoses states it. */
  readonly statedOnly?: boolean
  /** The words name an operation: only where it is past do they say a status (`PSH: appendectomy`). */
  readonly pastOnly?: boolean
  readonly side?: boolean
  /** Folded words, one of which must stand in the same sentence. */
  readonly needs?: readonly string[]
  readonly pos?: 'noun' | 'verb'
  /** Several or one: `rib fractures` and `rib fracture` are codes of their own, and folding makes them one phrase. */
  readonly number?: 'singular' | 'plural'
  readonly sex?: 'F' | 'M'
  readonly age?: 'newborn' | 'child' | 'adult'
  /** Words that decide for this sense of an ambiguous abbreviation; `@id` names a section, `*` is the default. */
  readonly cues?: readonly string[]
}

/** One value of an axis: what stands in the code, and the words that choose it. */
export interface AxisValue {
  readonly character: string
  readonly meaning: string
  /** Words of each wording; `&` stands between parts that need not stand together. */
  readonly words: readonly (readonly string[])[]
  readonly isDefault: boolean
}

/** The codes of a release, sorted; entries are indexes. */
export interface Catalogue {
  readonly size: number
  find(code: string): number
  /** With dot. */
  code(entry: number): string
  title(entry: number): string
  isBillable(entry: number): boolean
  parent(entry: number): number
  /** First child; children are `[firstChild(e), endChild(e))` in `child`. */
  children(entry: number): readonly number[]
  /** Word ids of an entry's title that its parent's title lacks. */
  ownWords(entry: number): readonly number[]
}

/** What a cue says of the mentions in its scope, or what it does to the scopes of others. */
export const TRIGGER_CATEGORIES = [
  'negated',
  'affirmed',
  'probable',
  'possible',
  'confirmed',
  'hypothetical',
  'historical',
  'current',
  'family',
  'donor',
  'other',
  /** Holds a cue's words but says nothing: `gram negative`. */
  'pseudo',
  /** A passive verb that belongs to the clause before it: `no masses were seen`. */
  'passive',
  /** Ends the scopes of others; `classes` say which, and what else the word joins. */
  'terminator',
] as const
export type TriggerCategory = (typeof TRIGGER_CATEGORIES)[number]

/** What ends a scope, or joins: the classes of terminators. */
export const TERMINATOR_CLASSES = [
  'contrast',
  'report',
  'verb',
  'cause',
  'relative',
  'subject',
  'patient',
  'time',
  'consequence',
  'after',
  'article',
  'link',
  'backlink',
  'source',
  'list',
  'or',
] as const
export type TerminatorClass = (typeof TERMINATOR_CLASSES)[number]

/**
 * `either`: backward at the end of its item (`PE likely`), forward elsewhere (`likely PE`).
 * `field`: the value of a label (`Fever: no`). `linked`: a person, whose scope opens only where a word joins
 * him to a disease (`mother had`, `cancer in his father`).
 */
export const TRIGGER_DIRECTIONS = [
  'forward',
  'backward',
  'both',
  'either',
  'field',
  'linked',
  /** A year: what stands around it decides. */
  'dated',
  'none',
] as const
export type TriggerDirection = (typeof TRIGGER_DIRECTIONS)[number]

/** Along what a scope goes on: lists with commas, pairs (`x and y`, `x/y`), or one item only. */
export const TRIGGER_CHAINS = ['list', 'pair', 'none'] as const
export type TriggerChain = (typeof TRIGGER_CHAINS)[number]

/** One row of `dictionaries/triggers.csv`; plain data, as it lies in the snapshot. */
export interface TriggerRow {
  readonly rule: string
  readonly phrase: string
  readonly categories: readonly TriggerCategory[]
  readonly direction: TriggerDirection
  /** Alone behind a label it is the label's value too. */
  readonly isFieldValue: boolean
  /** Backward, but forward where nothing stands before it: `Resolved rash`. */
  readonly opensItem: boolean
  /** Tokens that the scope reaches over; in a list it starts anew at each item. */
  readonly window: number
  readonly chain: TriggerChain
  /** Classes that end the scope. */
  readonly stops: readonly TerminatorClass[]
  /** Classes that the word belongs to itself. */
  readonly classes: readonly TerminatorClass[]
  /** Only this spelling: `states`, not `state`. */
  readonly isExact: boolean
  /** The phrase begins with a hyphen, which is no token: `-ve`. */
  readonly needsHyphen: boolean
  /** A number must follow: `at age 4`. It belongs to the cue. */
  readonly needsNumber: boolean
  readonly relative?: string
  /** Rows whose words fold to the same ids (`rules out` beside `rule out`): the note's spelling decides. */
  readonly homographs?: readonly TriggerRow[]
}

/** What a section says of a mention that no words mark. */
export const SECTION_MEANINGS = [
  'present',
  'negatable',
  'historical',
  'family',
  'possible',
  'hypothetical',
  'ignore',
  /** A heading inside its parent. */
  'parent',
] as const
export type SectionMeaning = (typeof SECTION_MEANINGS)[number]

/** One heading of `dictionaries/sections.csv`. */
export interface HeadingRow {
  readonly phrase: string
  /** Section id. */
  readonly id: string
}

/** One section of `dictionaries/sections.csv`. */
export interface SectionRow {
  readonly id: string
  readonly meaning: SectionMeaning
}

/** Longest-phrase look-up in a small side trie (triggers, headings): `row * 16 + length`, or 0. */
export interface PhraseTable<Row> {
  /** Word id → 0 where no phrase starts with the word. */
  readonly starts: Uint8Array
  readonly longest: (ids: Int32Array, gap: Uint16Array, token: number, count: number) => number
  readonly row: (index: number) => Row
}

/** The code of a bare word, and the beginnings of the codes that say better what it refers to. */
export interface GeneralCode {
  readonly code: string
  readonly givesWayTo: readonly string[]
}

export interface ReleaseIdentity {
  readonly system: CodeSystem
  /** `FY2026`. */
  readonly release: string
  readonly fiscalYear: number
  readonly origin: Origin
  readonly hash: string
}
