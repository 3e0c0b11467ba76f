/** The present-on-admission indicator of inpatients' codes (Official Guidelines, Appendix I). */
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../src/pipeline/engine.js'
import type { Setting } from '../../src/model/note.js'
import { codeNote, engineWith } from '../support/engine-with-notes.js'
import { lexiconEngine } from '../support/lexicon-engine.js'

// A dictionary is compiled, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let engine: Engine
beforeAll(async () => {
  engine = await engineWith(() => ({ poaExempt: [{ code: 'Z8673' }, { code: 'I252' }] }))
})

function indicators(
  text: string,
  setting: Setting = 'inpatient',
  of = engine,
): Record<string, string | null> {
  return Object.fromEntries(codeNote(of, text, setting).candidates.map(({ code, poa }) => [code, poa]))
}

describe('a condition is', () => {
  it.each([
    ['Y', 'Discharge diagnoses: pneumonia.', 'what is stated without a time'],
    ['Y', 'Past medical history: pneumonia last week.\nDischarge diagnoses: pneumonia.', 'known before'],
    ['Y', 'Discharge diagnoses: pneumonia, present on admission.', 'stated to be present'],
    [
      'N',
      'Hospital course: on hospital day 3 he developed pneumonia.\nDischarge diagnoses: pneumonia.',
      'what began in the stay',
    ],
    ['N', 'Discharge diagnoses: pneumonia, developed day 4.', 'dated after the admission'],
    ['N', 'Discharge diagnoses: hospital-acquired pneumonia.', 'named after the hospital'],
    ['N', 'Discharge diagnoses: pneumonia, not present on admission.', 'stated not to be'],
    [
      'N',
      'Day 3: after a fall he developed pneumonia.\nDischarge diagnoses: pneumonia.',
      'under the label of a day',
    ],
    [
      'Y',
      'Hospital course: on day 3 he developed pneumonia. Pneumonia was present on admission.',
      'stated in words before what the course tells',
    ],
    [
      'U',
      'Discharge diagnoses: pneumonia, unclear whether present on admission.',
      'not clear in the documentation',
    ],
    [
      'W',
      'Discharge diagnoses: pneumonia. It cannot be determined whether the pneumonia was there on admission.',
      'not to be determined',
    ],
  ])('%s: %s (%s)', (poa, text) => {
    expect(indicators(text)['J18.9']).toBe(poa)
  })

  it('N by itself: what stands before "developed" was there', () => {
    const text = 'Hospital course: the patient with COPD developed pneumonia on hospital day 2.'
    expect(indicators(text)['J44.9'] ?? indicators(text)['J44.0']).toBeDefined()
    expect(indicators('Hospital course: with gout he developed ileus on hospital day 2.')).toMatchObject({
      'M10.9': 'Y',
      'K56.7': 'N',
    })
  })
})

describe('an exempt code', () => {
  it('has no indicator, and the rule that says so', () => {
    const { candidates } = codeNote(engine, 'Discharge diagnoses: old myocardial infarction.', 'inpatient')
    expect(candidates).toMatchObject([{ code: 'I25.2', poa: null }])
    expect(candidates[0]?.rules).toContainEqual({ id: 'Appendix I', effect: 'poa', from: [] })
  })

  it('is one of the list where there is one, and else one that speaks of no condition', async () => {
    const text = 'Discharge diagnoses: pneumonia. Former smoker.'
    const { engine: alone } = await lexiconEngine()
    expect(indicators(text)).toEqual({ 'J18.9': 'Y', 'Z87.891': 'Y' })
    expect(indicators(text, 'inpatient', alone)).toEqual({ 'J18.9': 'Y', 'Z87.891': null })
  })
})

it('outpatients have none, and no rule is applied', () => {
  const text = 'Assessment: pneumonia, developed day 4.'
  expect(indicators(text, 'outpatient')).toEqual({ 'J18.9': null })
  expect(codeNote(engine, text).candidates[0]?.rules).toEqual([])
})
