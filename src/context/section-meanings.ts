/** What the section says of a mention that no words mark, and the cue that names it. */
import type { Document, Section } from '../model/document.js'
import type { SectionMeaning, SectionRow } from '../model/dictionary.js'

export type MeaningOf = (section: Section) => SectionMeaning

export function createMeanings(rows: readonly SectionRow[]): MeaningOf {
  const meanings = new Map(rows.map(row => [row.id, row.meaning]))
  return section => meanings.get(section.id) ?? 'present'
}

/** The section that holds `token`; `undefined` in a note without tokens. */
export function sectionAt({ sections }: Document, token: number): Section | undefined {
  return sections[sectionIndexAt(sections, token, 0)]
}

/** Index of the section that holds `token`: `guess`, where the last one asked for was, or by halving. */
export function sectionIndexAt(sections: readonly Section[], token: number, guess: number): number {
  const guessed = sections[guess]
  if (guessed !== undefined && guessed.firstToken <= token && token < guessed.endToken) return guess
  let low = 0
  let high = sections.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sections[middle] as Section).firstToken <= token) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}
