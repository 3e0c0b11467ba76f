/** What whole notes once lost or got wrong, each in other words than the note in which it was seen. */
import { describe, expect, it, vi } from 'vitest'
import { rank } from '../../src/candidates/rank.js'
import { DEFAULT_OPTIONS } from '../../src/pipeline/options.js'
import { codesIn, settle, type SettledNote } from '../support/codes-of.js'
import { lexiconEngine } from '../support/lexicon-engine.js'

vi.setConfig({ testTimeout: 60_000 })

const { engine } = await lexiconEngine()

function settled(text: string): SettledNote {
  return settle(engine, text, 'inpatient')
}

function codesOf(text: string): string[] {
  return codesIn(engine, text, 'inpatient')
}

describe('an uncertain diagnosis of an inpatient is ruled out (II.H)', () => {
  it.each([
    [
      'by a later denial of the same',
      'Diagnosis: probable pulmonary embolism.\nCourse: no pulmonary embolism on CT.',
      [],
    ],
    [
      'not by one before it',
      'No pneumonia on arrival.\nDischarge diagnosis:\n1. Probable pneumonia.',
      ['J18.9'],
    ],
    ['not by that of a neighbour', 'Discharge diagnosis: Probable NSTEMI.\nCourse: no STEMI.', ['I21.4']],
    ['not by a relative', 'Assessment: probable gout.\nFamily History: no gout.', ['M10.9']],
  ])('%s', (_, text, codes) => expect(codesOf(text)).toEqual(codes))
})

describe('an injury is seen for the first time', () => {
  it.each([
    ['where follow-up is advised', 'Right ankle sprain today. Recommend follow-up visit.', 'S93.401A'],
    ['where healing is denied', 'Right ankle sprain. No routine healing yet.', 'S93.401A'],
  ])('%s', (_, text, code) => expect(codesOf(text)).toContain(code))
})

describe('loss of consciousness', () => {
  it.each([
    [
      'denied before a time of something else',
      'Traumatic subdural hematoma. No LOC, 3 hour headache.',
      'S06.5X0A',
    ],
    ['beside a minor injury', 'Concussion. LOC, one minor abrasion of the knee.', 'S06.0XAA'],
    ['of some minutes', 'Concussion with LOC for two minutes.', 'S06.0X1A'],
  ])('%s', (_, text, code) => expect(codesOf(text)).toContain(code))
})

it('a code of the new classification beside one of the old is read', () => {
  expect(codesOf('Assessment: gout (ICD-9 274.9, ICD-10 M10.9)')).toEqual(['M10.9'])
})

it('a complaint of today is no past reaction to a drug', () => {
  expect(codesOf('Allergies: sulfa. Presents today with hypotension.')).toContain('I95.9')
})

it('weeks of something else are no weeks of gestation', () => {
  expect(codesOf('Severe preeclampsia. Vomiting for 2 weeks 3 days. Pregnant, 31w6d.')).toContain('Z3A.31')
})

it('what a rule adds from words alone has its line where it scores too low', () => {
  const about = { setting: 'outpatient', patient: undefined } as const
  const text = 'Assessment: type 2 diabetes mellitus. Plan: continue metformin.'
  const { notCoded } = engine.code(text, { ...about, options: { ...DEFAULT_OPTIONS, minScore: 0.95 } })
  expect(notCoded).toContainEqual(
    expect.objectContaining({ code: 'Z79.84', reason: 'below-score', text: 'metformin' }),
  )
})

it('both sides that are denied are two lines, a site named from both ends of its list one', () => {
  const codes = (text: string) => settled(text).notCoded.map(({ code }) => code)
  expect(codes('No adhesive capsulitis of both shoulders.')).toEqual(['M75.01', 'M75.02'])
  expect(
    codes('No cancer metastatic to liver, lung and brain metastases.').filter(code => code === 'C78.00'),
  ).toHaveLength(1)
})

it('pairs of an order hold whatever their own order', () => {
  const gathered = ['C64.9', 'D63.0', 'E11.9'].map(code => ({
    candidate: { ...(settled('Assessment: gout.').candidates[0] as object), code },
    proposals: [],
    features: [],
  })) as unknown as Parameters<typeof rank>[0]
  const pairs = [
    ['E11.9', 'D63.0'],
    ['D63.0', 'C64.9'],
  ] as const
  for (const order of [pairs, [...pairs].reverse()])
    expect(rank(gathered, order).map(({ code }) => code)).toEqual(['E11.9', 'D63.0', 'C64.9'])
})

it('long lists of qualifiers, codes and allergies take no more than their share of time', () => {
  expect(codesOf(`${'acute, '.repeat(8000)}left ankle sprain`)).toContain('S93.402A')
  const started = performance.now()
  settled('Diagnosis: E11.9\n'.repeat(10_000))
  settled('Allergic to penicillin. Rash. '.repeat(5000))
  expect(performance.now() - started).toBeLessThan(20_000)
})
