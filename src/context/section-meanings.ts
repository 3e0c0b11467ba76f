/** What a section says of a mention that no words mark. */
import type { Section } from '../model/document.js'
import type { SectionMeaning, SectionRow } from '../model/dictionary.js'

export type MeaningOf = (section: Section) => SectionMeaning

export function createMeanings(rows: readonly SectionRow[]): MeaningOf {
  const meanings = new Map(rows.map(row => [row.id, row.meaning]))
  return section => meanings.get(section.id) ?? 'present'
}
