/** What the notes of an invented tabular list do to the candidates of a note. */
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../../src/pipeline/engine.js'
import { codeNote, codesIn, engineWith, headers, note } from '../../support/engine-with-notes.js'
import { lexiconEngine } from '../../support/lexicon-engine.js'

// A dictionary is compiled, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const NOTES = [
  note('E039', 'excludes1', 'goitre (E04.-)'),
  note('L20', 'excludes1', 'itching NOS (L29.9)'),
  note('F17', 'excludes1', 'former use (Z87.891)'),
  note('J45', 'excludes1', 'rhinitis (J30.-)'),
  note('H25', 'excludes1', 'other cataracts (H25.-, H26.-)'),
  note('R05', 'excludes1', 'whooping cough (A37.-)'),
  note('J45', 'codeFirst', 'reflux (K21.-)'),
  note('M146', 'codeFirst', 'underlying disease, such as:'),
  note('M146', 'codeFirst', 'multiple sclerosis (G35)'),
  note('I10', 'useAdditionalCode', 'to identify kidney disease (N18.-)'),
  note('J44', 'useAdditionalCode', 'code for use of tobacco (F17.-)'),
]
const HEADERS = ['E04', 'L20', 'F17', 'J45', 'J30', 'H25', 'H26', 'K21', 'M14.6', 'N18', 'J44', 'R05']
const TITLES: Readonly<Record<string, string>> = {
  'E03.9': 'Slow thyroid, unspecified',
  'M14.60': 'Joint in diseases classified elsewhere',
}

let engine: Engine
beforeAll(async () => {
  engine = await engineWith(input => ({
    catalogue: headers(input, HEADERS).map(row => ({ ...row, title: TITLES[row.code] ?? row.title })),
    tabular: { notes: NOTES, categories: [] },
  }))
})

const excluded = (text: string) =>
  codeNote(engine, text).notCoded.filter(({ reason }) => reason === 'excludes1')
const findings = (text: string) => codeNote(engine, text).findings

const list = (...diagnoses: string[]) =>
  `Assessment:\n${diagnoses.map((diagnosis, i) => `${i + 1}. ${diagnosis}.`).join('\n')}`

describe('an Excludes1 note', () => {
  it('gives up an unspecified code for the stated condition that its own note names', () => {
    const settled = codeNote(engine, list('Hypothyroidism', 'Multinodular goiter'))
    expect(codesIn(settled)).toEqual(['E04.2'])
    expect(settled.notCoded).toMatchObject([
      { code: 'E03.9', text: 'Hypothyroidism', reason: 'excludes1', by: 'E04.2', rule: 'I.A.12.a' },
    ])
  })

  it('asks where two conditions exclude each other, and keeps both', () => {
    const text = list('Asthma', 'Allergic rhinitis')
    const settled = codeNote(engine, text)
    expect(codesIn(settled)).toEqual(['J45.909', 'J30.9'])
    expect(settled.findings).toMatchObject([
      { rule: 'I.A.12.a', severity: 'warning', codes: ['J45.909', 'J30.9'] },
    ])
    for (const { start, end, text: words } of settled.findings[0]?.evidence ?? [])
      expect(text.slice(start, end)).toBe(words)
  })

  it('asks whether one smokes still or has stopped', () => {
    expect(findings(list('Smoker', 'Former smoker'))).toMatchObject([
      { rule: 'I.A.12.a', codes: ['F17.200', 'Z87.891'] },
    ])
  })

  it('only asks where the story tells both and no diagnosis is stated', () => {
    const text = 'She has hypothyroidism. We spoke of a multinodular goiter.'
    expect(excluded(text)).toEqual([])
    expect(findings(text)).toMatchObject([{ rule: 'I.A.12.a', codes: ['E03.9', 'E04.2'] }])
  })

  it('says nothing of the right eye and the left, nor of two codes that it names both', () => {
    const text = list('Cortical age-related cataract, right eye', 'Nuclear cataract, left eye')
    expect([...excluded(text), ...findings(text)]).toEqual([])
  })

  it('is silent where the other condition is denied', () => {
    const text = list('Asthma', 'No allergic rhinitis')
    expect([...excluded(text), ...findings(text)]).toEqual([])
  })
})

describe('a code-first note', () => {
  it('puts the code that it names first', () => {
    expect(codesIn(codeNote(engine, list('Asthma', 'GERD')))).toEqual(['K21.9', 'J45.909'])
  })

  it('asks for the underlying disease where a manifestation stands alone', () => {
    expect(findings(list('Charcot joint'))).toMatchObject([
      { rule: 'I.A.13', severity: 'info', codes: ['M14.60'] },
    ])
    expect(findings(list('Charcot joint', 'Multiple sclerosis'))).toEqual([])
  })
})

describe('a note that asks for another code', () => {
  it('puts it behind', () => {
    expect(codesIn(codeNote(engine, list('Smoker', 'COPD')))).toEqual(['J44.9', 'F17.200'])
  })

  it('is a finding where the text holds it too weakly, and none where it does not speak of it', () => {
    const story = 'He came by train and the weather was nice on the whole of the way. '.repeat(12)
    const text = `HPI: he smokes. Smoker. ${story}\nAssessment:\nCOPD.`
    const settled = codeNote(engine, text)
    expect(settled.notCoded).toMatchObject([{ code: 'F17.200', reason: 'below-score' }])
    expect(settled.findings).toMatchObject([{ rule: 'I.B.7', severity: 'info', codes: ['J44.9', 'F17.200'] }])
    expect(findings('Assessment: COPD. No smoker.')).toEqual([])
  })
})

it('without a release nothing is excluded and nothing asked', async () => {
  const { engine: alone } = await lexiconEngine()
  const text = 'Assessment:\n1. Asthma.\n2. Allergic rhinitis.'
  expect(codeNote(alone, text).findings).toEqual([])
  expect(codesIn(codeNote(alone, text))).toEqual(codesIn(codeNote(engine, text)))
})
