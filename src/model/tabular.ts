/** The notes of the tabular list that speak of other codes, as the engine sees them. */

export const REFERRING_KINDS = [
  'excludes1',
  'excludes2',
  'codeFirst',
  'useAdditionalCode',
  'codeAlso',
] as const
export type ReferringKind = (typeof REFERRING_KINDS)[number]

export interface ReferringNote {
  readonly kind: ReferringKind
  /** "Code first underlying disease", without "if applicable". */
  readonly demands: boolean
  /** Where it is printed: a code with its dot, or nothing for a note of a chapter or section. */
  readonly at: string | undefined
  /** Whether it names the code of this entry. */
  readonly names: (entry: number) => boolean
  /** Whether it names it as the bare word: "diarrhea NOS". */
  readonly namesBare: (entry: number) => boolean
}

export type NotesByKind = Readonly<Partial<Record<ReferringKind, readonly ReferringNote[]>>>

export interface TabularNotes {
  /** Without a release there are no notes. */
  readonly isEmpty: boolean
  /** The code's own, and those of what stands above it, nearest first. */
  readonly of: (entry: number) => NotesByKind
}
