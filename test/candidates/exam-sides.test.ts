/** The side of an organ by what the note finds there. */
import { describe, expect, it } from 'vitest'
import { createSideFinder } from '../../src/candidates/exam-sides.js'

const EAR = 'H66.90'
const EYE = 'H10.9'
const KNEE = 'M17.9'
const WRIST = 'G56.00'

describe('the side of an organ', () => {
  it.each([
    ['Right tympanic membrane red and bulging, left ear normal.', EAR, 'right'],
    ['Left TM dull with effusion. Right TM clear.', EAR, 'left'],
    ['Right drum red, left drum red.', EAR, undefined],
    ['Right ear normal, no redness or discharge.', EAR, undefined],
    ['Both ears painful.', EAR, undefined],
    ['Left eye injected with purulent discharge.', EYE, 'left'],
    ['Left eye injected with purulent discharge.', EAR, undefined],
    ['Swelling of the left knee. Right knee without effusion.', KNEE, 'left'],
    ['Left knee tender.', WRIST, undefined],
    ['', KNEE, undefined],
  ])('%s (%s)', (text, code, side) => expect(createSideFinder(text)(code)?.side).toBe(side))

  it('stands where its words stand', () => {
    const text = 'Exam: right tympanic membrane bulging.'
    const found = createSideFinder(text)(EAR)
    expect(text.slice(found?.start, found?.end)).toBe('right tympanic membrane')
  })
})
