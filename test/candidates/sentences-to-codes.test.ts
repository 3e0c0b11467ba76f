/**
 * One sentence, one decision: the code with its evidence, or the reason in the ledger. Each row is a rule of
 * the field that a coder would read aloud; the dictionary is the project's own.
 */
import { describe, expect, it, vi } from 'vitest'
import type { Setting } from '../../src/model/note.js'
import { DEFAULT_OPTIONS } from '../../src/pipeline/options.js'
import { lexiconEngine } from '../support/lexicon-engine.js'

// A busy machine may be ten times slower than a quiet one.
vi.setConfig({ testTimeout: 60_000 })

const { engine } = await lexiconEngine()

function code(text: string, setting: Setting = 'outpatient') {
  const { candidates, notCoded } = engine.code(text, {
    setting,
    patient: undefined,
    options: DEFAULT_OPTIONS,
  })
  return {
    codes: candidates.map(each => each.code),
    evidence: candidates.map(each => each.evidence.map(({ role, text: words }) => `${role}: ${words}`)),
    ledger: notCoded.map(
      line => `${line.code} ${line.reason}${line.rule === undefined ? '' : ` ${line.rule}`}`,
    ),
    cues: notCoded.map(line => line.cue?.text),
  }
}

describe('a sentence is coded', () => {
  it.each([
    ['from the words of the condition', 'Assessment: type 2 diabetes mellitus.', 'E11.9'],
    ['from an abbreviation', 'Assessment: COPD exacerbation.', 'J44.1'],
    ['with the side that stands beside it', 'Assessment: Right knee pain.', 'M25.561'],
    ['with the side in another place', 'Pain in left knee.', 'M25.562'],
    [
      'with active treatment where the encounter is not said (I.C.19.a)',
      'Assessment: closed fracture of the left distal radius.',
      'S52.502A',
    ],
    ['with an initial before the name of an organism', 'Assessment: E. coli sepsis.', 'A41.51'],
    ['from a word with a slip', 'Assessment: hypertenzion.', 'I10'],
    ['as the code of the history where the disease is past', 'History of breast cancer.', 'Z85.3'],
    ['as present where "history of" a chronic disease is meant', 'History of hypertension.', 'I10'],
    ['as the code of the family history', 'Mother had breast cancer.', 'Z80.3'],
  ])('%s', (_, text, expected) => {
    expect(code(text).codes).toEqual([expected])
  })

  it('with the place of each word that chose the code', () => {
    const { evidence } = code('Assessment: closed fracture of the left distal radius.')
    expect(evidence).toEqual([['condition: fracture', 'condition: distal radius', 'laterality: left']])
  })

  it('and a slip costs a little of the score', () => {
    const partsOf = (text: string) =>
      engine.code(text, {
        setting: 'outpatient',
        patient: undefined,
        options: { ...DEFAULT_OPTIONS, explain: true },
      }).candidates[0]?.scoreParts
    expect(partsOf('Assessment: hypertenzion.')?.['spelling=slip']).toBeLessThan(0)
    expect(partsOf('Assessment: hypertension.')).not.toHaveProperty('spelling=slip')
  })

  it('once for several mentions', () => {
    expect(code('Assessment: gout. Has had gout for years.').codes).toEqual(['M10.9'])
  })
})

describe('what the note says of its own words', () => {
  it.each([
    [
      'an abbreviation in brackets means the words',
      'Mitral stenosis (MS) is severe. MS was seen on echo.',
      'I05.0',
    ],
    ['words in brackets say what it means', 'MS (mitral stenosis) is severe. MS was seen on echo.', 'I05.0'],
    ['a plural does too', 'She has urinary tract infections (UTIs) often.', 'N39.0'],
  ])('%s', (_, text, expected) => {
    expect(code(text).codes.join('|')).toBe(expected)
  })

  it('an abbreviation defined as no condition is none', () => {
    const text = 'Her manual strength (MS) is good. MS unchanged. Relapsing on MRI, MS stable.'
    expect(code(text).codes).toEqual([])
    expect(code(text.replace('manual strength (MS)', 'manual strength')).codes).toEqual(['G35.D'])
  })

  it('an abbreviation that no dictionary knows is learnt', () => {
    const { evidence } = code('Assessment: acute gouty arthritis (AGA). AGA is worse.')
    expect(evidence.flat().filter(each => each === 'condition: AGA')).toHaveLength(2)
  })

  it('letters that are no initials define nothing', () => {
    const { evidence } = code('Assessment: acute gouty arthritis (AGX). AGX is worse.')
    expect(evidence.flat().some(each => each.endsWith('AGX'))).toBe(false)
  })

  it.each([
    ['a name behind a title is no eponym', 'Seen by Dr. Graves today.', ''],
    ['without a title it is one', 'Graves disease.', 'E05.00'],
    ['a duration is not a past', 'Two-year history of colon cancer.', 'C18.9'],
    ['"history of" alone is one', 'History of colon cancer.', 'Z85.038'],
  ])('%s', (_, text, expected) => {
    expect(code(text).codes.join('|')).toBe(expected)
  })
})

describe('a sentence is not coded', () => {
  it.each([
    ['where the finding is denied', 'No pneumonia.', 'J18.9 negated', 'No'],
    [
      'outpatient where the diagnosis is uncertain',
      'Assessment: possible pneumonia.',
      'J18.9 uncertain-outpatient IV.H',
      'possible',
    ],
    [
      'where the disease is to be ruled out',
      'Rule out pulmonary embolism.',
      'I26.99 uncertain-outpatient IV.H',
      'Rule out',
    ],
    ['where it speaks of what might come', 'Return if fever occurs.', 'R50.9 hypothetical', 'Return if'],
  ])('%s', (_, text, line, cue) => {
    expect(code(text)).toMatchObject({ codes: [], ledger: [line], cues: [cue] })
  })

  it('outpatient, but inpatient an uncertain diagnosis is (II.H, III.C)', () => {
    expect(code('Assessment: possible pneumonia.', 'inpatient').codes).toEqual(['J18.9'])
  })

  it('where it says something else', () => {
    expect(code('She falls asleep easily.')).toMatchObject({ codes: [], ledger: [] })
  })
})
