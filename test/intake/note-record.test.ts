/** Lines of NDJSON from outside: whatever they hold, a note or a reject comes out and nothing is thrown. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCalendarDate } from '../../src/intake/calendar-date.js'
import { NOTE_LIMIT } from '../../src/intake/limits.js'
import { isReject, parseNoteObject } from '../../src/intake/note-record.js'
import { parseRawNote } from '../../src/intake/raw-note.js'
import { parseSpanLine } from '../../src/intake/span-record.js'

describe('a note', () => {
  it('keeps its known fields and loses the others', () => {
    const patient = { id: 'p', birthDate: '1960-02-29', age: 66, sex: 'X', name: 'no' }
    const known = {
      id: 'n',
      text: 't',
      setting: 'inpatient',
      dateOfService: '2026-02-10',
      facility: 'f',
      type: 'y',
      author: 'a',
    }
    const { name: _, ...knownPatient } = patient
    expect(parseNoteObject({ ...known, patient, extra: 1 }, 1)).toEqual({ ...known, patient: knownPatient })
  })

  it('may say null for what it does not know', () => {
    expect(
      parseNoteObject({ id: 'n', text: 't', setting: null, patient: { age: null }, dateOfService: null }, 1),
    ).toEqual({
      id: 'n',
      text: 't',
      patient: {},
    })
  })

  it('without an id is called by the hash of its text, the same every time', () => {
    const read = parseNoteObject({ text: 'Cough for two weeks.' }, 1)
    expect(read).toEqual({ id: 'sha256-f14b7f6d21f806d4', text: 'Cough for two weeks.' })
    expect(parseNoteObject({ id: null, text: 'Cough for two weeks.' }, 9)).toEqual(read)
    expect(parseNoteObject({ id: '', text: 'Cough' }, 1)).toMatchObject({ error: { code: 'input-note' } })
  })

  it('over the limit is refused, one of the limit is not', () => {
    expect(parseNoteObject({ id: 'n', text: 'é'.repeat(NOTE_LIMIT / 2) }, 1)).toHaveProperty('text')
    expect(parseNoteObject({ id: 'n', text: 'é'.repeat(NOTE_LIMIT / 2 + 1) }, 7)).toMatchObject({
      line: 7,
      id: 'n',
      error: { code: 'input-size' },
    })
  })

  it('with several wrong fields names them all', () => {
    const read = parseNoteObject({ id: 'n', text: 't', setting: 1, patient: { age: -1 } }, 1)
    expect(read).toMatchObject({
      error: { message: 'setting must be outpatient or inpatient; patient.age must not be negative' },
    })
  })
})

describe('any line', () => {
  it('is a note or a reject whose message repeats nothing of it', () => {
    const word = 'Quixotina'
    const line = fc.oneof(
      fc.string().map(text => text + word),
      fc.json().map(json => json.replace(/}$/, `,"text":"${word}"}`)),
      fc
        .object({
          values: [fc.constant(word), fc.integer(), fc.constant(null)],
          key: fc.constantFrom('id', 'text', 'setting', 'patient', 'dateOfService', 'sex', word),
        })
        .map(value => JSON.stringify(value)),
    )
    fc.assert(
      fc.property(line, text => {
        const bytes = Buffer.from(text)
        for (const read of [...parseRawNote({ kind: 'json', line: 1, bytes }), parseSpanLine(bytes, 1)])
          if ('error' in read) expect(read.error.message).not.toContain(word)
      }),
    )
  })

  it('of bytes that are no UTF-8 is a reject', () => {
    const [read] = parseRawNote({ kind: 'json', line: 3, bytes: Buffer.from([0x7b, 0xff]) })
    expect(read !== undefined && isReject(read) && read).toMatchObject({
      line: 3,
      error: { code: 'input-encoding' },
    })
  })
})

describe('a calendar date', () => {
  it.each(['2026-02-28', '2024-02-29', '1999-12-31'])('%s is one', date => {
    expect(isCalendarDate(date)).toBe(true)
  })
  it.each([
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '20260101',
    '2026-01-01T00:00',
    '',
  ])('%s is none', date => {
    expect(isCalendarDate(date)).toBe(false)
  })
})
