/**
 * How clinicians of the outpatient specialties write, and what a coder picks: `clinical-wordings.csv`, read with the
 * dictionary of `dictionaries/` alone. Invented notes of one or two lines; `\\n` stands for a line break.
 *
 *   expected   codes that must be candidates, parted by blanks; `!` in front: one that must not be
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it, vi } from 'vitest'
import { DEFAULT_OPTIONS } from '../../src/pipeline/options.js'
import { lexiconEngine } from '../support/lexicon-engine.js'

// A busy machine may be ten times slower than a quiet one.
vi.setConfig({ testTimeout: 60_000 })

interface Wording {
  readonly group: string
  readonly text: string
  readonly expected: string
}

const { engine } = await lexiconEngine()
const wordings: Wording[] = parse(readFileSync(join(import.meta.dirname, 'clinical-wordings.csv')), {
  columns: true,
})

function codesOf(text: string): string[] {
  const note = text.replaceAll('\\n', '\n')
  const about = { setting: 'outpatient', patient: undefined, options: DEFAULT_OPTIONS } as const
  return engine.code(note, about).candidates.map(({ code }) => code)
}

describe.each([...new Set(wordings.map(({ group }) => group))])('%s', group => {
  it.each(wordings.filter(wording => wording.group === group))('$text', ({ text, expected }) => {
    const codes = codesOf(text)
    const terms = expected.split(' ')
    const wanted = terms.filter(term => !term.startsWith('!'))
    const unwanted = terms.filter(term => term.startsWith('!')).map(term => term.slice(1))
    expect(codes).toEqual(expect.arrayContaining(wanted))
    expect(codes.filter(code => unwanted.includes(code))).toEqual([])
  })
})
