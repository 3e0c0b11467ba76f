/** Figures of a note → the codes they are reported with. */
import { describe, expect, it } from 'vitest'
import { readMeasurements } from '../../src/candidates/measurements.js'
import { readNoteFacts } from '../../src/candidates/note-facts.js'

const codesOf = (text: string, isAdult = true): string[] =>
  readMeasurements(text, isAdult, readNoteFacts(text).weeks()).map(({ code }) => code)

describe('weeks of gestation', () => {
  it.each([
    ['OB triage at 27w6d', 'Z3A.27'],
    ['27 6/7 weeks by dates', 'Z3A.27'],
    ['Now 9w2d by LMP', 'Z3A.09'],
    ['39 weeks gestation', 'Z3A.39'],
    ['gestational age of 20 weeks', 'Z3A.20'],
    ['at 6 weeks gestation', 'Z3A.01'],
    ['Preterm labor at 32 weeks.', 'Z3A.32'],
    ['Placental abruption, 34 weeks.', 'Z3A.34'],
  ])('%s', (text, code) => expect(codesOf(text)).toEqual([code]))

  it.each([
    'Cough for 3 weeks.',
    'Return in 2 weeks.',
    '50 weeks gestation',
    'Follow-up at 6 weeks.',
    'Preeclampsia, seen again at 6 weeks postpartum.',
  ])('not from %s', text => expect(readNoteFacts(text).weeks()).toBeUndefined())
})

describe('the body mass index', () => {
  it.each([
    ['BMI 18.2', 'Z68.1'],
    ['BMI: 29.9', 'Z68.29'],
    ['BMI of 37.4', 'Z68.37'],
    ['body mass index is 44', 'Z68.41'],
    ['BMI 52', 'Z68.43'],
    ['BMI 71', 'Z68.45'],
  ])('%s', (text, code) => expect(codesOf(text)).toEqual([code]))

  it('is not read from a percentile', () => expect(codesOf('BMI 97th percentile')).toEqual([]))

  it('is not read for a child, whose index is a percentile', () =>
    expect(codesOf('BMI 22', false)).toEqual([]))
})

describe('scores', () => {
  it.each([
    ['NIHSS 14 on arrival', ['R29.714']],
    ['NIH stroke scale score 3', ['R29.703']],
    ['NIHSS 55', []],
    ['ED arrival GCS: E3 V4 M6', ['R40.2132', 'R40.2242', 'R40.2362']],
    ['GCS total 11 on arrival in the ED', ['R40.2422']],
    ['GCS 14 at the scene', ['R40.2411']],
    ['Glasgow coma scale 7', ['R40.2430']],
    ['GCS 2', []],
  ])('%s', (text, codes) => expect(codesOf(text)).toEqual(codes))

  it('stand where their figures stand', () => {
    const text = 'Stroke team: NIHSS 14.'
    const [measured] = readMeasurements(text, true, undefined)
    expect(text.slice(measured?.start, measured?.end)).toBe('NIHSS 14')
  })
})
