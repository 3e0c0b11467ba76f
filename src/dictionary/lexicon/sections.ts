/** `dictionaries/sections.csv` → headings (phrase → section id) and what each section says of a mention. */
import { SECTION_MEANINGS, type HeadingRow, type SectionRow } from '../../model/dictionary.js'
import { ChartcodeError } from '../../model/errors.js'
import { wordsOf } from '../../text/words.js'
import { listOf, readCsv } from './csv.js'

export interface SectionTable {
  readonly headings: readonly HeadingRow[]
  readonly sections: readonly SectionRow[]
}

export function readSections(file: string): SectionTable {
  const headings: HeadingRow[] = []
  const sections: SectionRow[] = []
  const idOf = new Map<string, string>()
  for (const { cells, line } of readCsv(file, ['id', 'headings', 'meaning', 'why'] as const)) {
    const fail = (what: string): never => {
      throw new ChartcodeError('lexicon-invalid', `${file}:${line}: ${what}`)
    }
    if (!/^[a-z-]+$/.test(cells.id)) fail(`${cells.id} is no section id`)
    if (cells.why === '') fail('no why')
    if (sections.some(section => section.id === cells.id)) fail(`section ${cells.id} stands twice`)
    const meaning =
      SECTION_MEANINGS.find(known => known === cells.meaning) ?? fail(`unknown meaning ${cells.meaning}`)
    sections.push({ id: cells.id, meaning })
    for (const phrase of listOf(cells.headings)) {
      const key = wordsOf(phrase).join(' ')
      if (key === '') fail(`${phrase} holds no word`)
      if (idOf.has(key)) fail(`the heading ${phrase} belongs to ${idOf.get(key) as string} too`)
      idOf.set(key, cells.id)
      headings.push({ phrase, id: cells.id })
    }
  }
  return { headings, sections }
}
