/**
 * What was read from a note: tokens, sentences, sections and check boxes over the original text.
 * The token columns are views into the reader's scratch memory, valid until the same reader reads
 * the next note; everything that outlives the note is copied out as spans.
 */

/** What stands between a token and the one before it, as bit flags. A single blank is 0. */
export const GAP = {
  hyphen: 1,
  comma: 2,
  period: 4,
  colon: 8,
  semicolon: 16,
  paren: 32,
  newline: 64,
  blankLine: 128,
  /** A tab, a bar, or four and more blanks: another column. */
  cell: 256,
  /** A bullet or list number opens the line. */
  item: 512,
  /** No character at all, as between the parts of `s/p`. */
  tight: 1024,
  quote: 2048,
  /** A sentence starts here (set by the sentence pass). */
  sentence: 4096,
} as const

/** Gaps that no contiguous phrase crosses. */
export const PHRASE_BARRIER =
  GAP.comma |
  GAP.period |
  GAP.colon |
  GAP.semicolon |
  GAP.paren |
  GAP.blankLine |
  GAP.cell |
  GAP.item |
  GAP.sentence

/** Parallel columns, one row a token; rows from 0 to `count` are valid. */
export interface Tokens {
  readonly count: number
  readonly start: Int32Array
  readonly end: Int32Array
  /** Word id of the dictionary's vocabulary; 0 for a word that no phrase contains. */
  readonly id: Int32Array
  /** {@link GAP} flags of what stands before the token. */
  readonly gap: Uint16Array
}

/** Token ranges `[first[i], first[i + 1])`. */
export interface Sentences {
  readonly count: number
  readonly first: Int32Array
}

export interface Section {
  /** Id of `dictionaries/sections.csv`, `unknown` for a heading that it lacks, `none` before the first. */
  readonly id: string
  /** The heading's span; empty at 0 for the start of the note. */
  readonly headingStart: number
  readonly headingEnd: number
  /** Token range of the content. */
  readonly firstToken: number
  readonly endToken: number
}

/** `[x]`, `[ ]`, `☒`, `☐` and the like. */
export interface CheckBox {
  readonly start: number
  readonly end: number
  readonly checked: boolean
}

export interface Document {
  readonly text: string
  readonly tokens: Tokens
  readonly sentences: Sentences
  /** In order; every token is in exactly one. */
  readonly sections: readonly Section[]
  readonly checkBoxes: readonly CheckBox[]
  /** Tokens whose word was misspelt and is read as the one that was meant. */
  readonly slips: ReadonlySet<number>
}
