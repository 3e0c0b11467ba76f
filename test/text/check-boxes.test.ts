/** Check boxes, as forms print them. */
import { describe, expect, it } from 'vitest'
import { findCheckBoxes } from '../../src/text/check-boxes.js'

describe('check boxes', () => {
  it.each([
    ['a cross in brackets is checked', '[x] fever', '[x]', true],
    ['a capital cross is checked', '[X] fever', '[X]', true],
    ['a cross with blanks is checked', '[ x ] fever', '[ x ]', true],
    ['an empty bracket is open', '[ ] fever', '[ ]', false],
    ['a bracket without a blank is open', '[] fever', '[]', false],
    ['a round bracket with a cross is checked', '(x) fever', '(x)', true],
    ['an empty round bracket is open', '( ) fever', '( )', false],
    ['a ballot box with a cross is checked', 'fever \u2612', '\u2612', true],
    ['a ballot box with a tick is checked', '\u2611 fever', '\u2611', true],
    ['a tick in brackets is one box', '[\u2713] fever', '[\u2713]', true],
    ['a tick is checked', '\u2713 fever', '\u2713', true],
    ['an empty ballot box is open', '\u2610 fever', '\u2610', false],
    ['a white square is open', '\u25a1 fever', '\u25a1', false],
  ])('%s', (_, text, box, checked) => {
    const start = text.indexOf(box)
    expect(findCheckBoxes(text)).toEqual([{ start, end: start + box.length, checked }])
  })

  it.each(['fever (none)', 'see [1]', 'f(x)=y is no form'.replace('(x)', '(y)'), '()', ''])(
    '%j holds none',
    text => {
      expect(findCheckBoxes(text)).toEqual([])
    },
  )

  it('several in a line are found in order', () => {
    expect(findCheckBoxes('( ) cough [x] fever \u2610 chills [ ] rash').map(box => box.start)).toEqual([
      0, 10, 20, 29,
    ])
  })
})
