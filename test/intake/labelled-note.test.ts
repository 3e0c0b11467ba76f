/** Labelled notes, in the shapes that gold sets have. */
import { describe, expect, it } from 'vitest'
import { parseLabelledLine } from '../../src/intake/labelled-note.js'

const read = (record: unknown) => parseLabelledLine(Buffer.from(JSON.stringify(record)), 7)

describe('a labelled note', () => {
  it.each([
    ['codes as strings', { text: 'gout', codes: ['M10.9'] }, { codes: [['M10.9']], mentions: [] }],
    [
      'codes with equally right ones',
      { text: 'gout', codes: [{ code: 'M10.9', accept: ['M10.00'] }] },
      { codes: [['M10.9', 'M10.00']], mentions: [] },
    ],
    [
      'mentions',
      { text: 'gout', mentions: [{ start: 0, end: 4, code: 'M10.9' }] },
      { codes: [], mentions: [{ start: 0, end: 4 }] },
    ],
    [
      'annotations, of which those without a code are left out',
      {
        text: 'gout, flu',
        annotations: [
          { begin: 0, end: 4, icd10cm: ['M10.9'] },
          { begin: 6, end: 9, icd10cm: [] },
        ],
      },
      { codes: [], mentions: [{ start: 0, end: 4 }] },
    ],
  ])('is read with %s', (_, record, expected) => {
    expect(read(record)).toEqual({ text: record.text, ...expected })
  })

  it.each([
    [{ codes: [] }, 'text has the wrong type'],
    [{ text: 'gout', mentions: [{ start: -1, end: 4 }] }, 'mentions.0.start has the wrong type'],
    [[], 'the line has the wrong type'],
  ])('%j is refused with its line', (record, message) => {
    expect(read(record)).toMatchObject({ line: 7, error: { code: 'input-note', message } })
  })
})
