/** HL7 v2: escapes, frames, envelopes and the fields that become a note, row by row. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unescapeText } from '../../src/intake/hl7/escapes.js'
import { readSegmentLines } from '../../src/intake/hl7/segment-lines.js'
import type { ControlCount } from '../../src/intake/raw-input.js'
import { outcomeOf, readInput } from '../support/read-input.js'

const USUAL = { field: '|', component: '^', repetition: '~', escape: '\\', subcomponent: '&' }

interface Parts {
  readonly type?: string
  readonly charset?: string
  readonly pid?: string
  readonly pv1?: string
  readonly txa?: string
  readonly obx?: string
}

/** An MDM^T02 whose segments can be replaced one by one. */
function message({
  type = 'MDM^T02',
  charset = '',
  pid = '',
  pv1 = '',
  txa = 'TXA|1|PN',
  obx = 'OBX|1|TX|a||Gout.',
}: Parts = {}): string {
  return (
    [`MSH|^~\\&|A|B|C|D|20260101||${type}|M1|P|2.5.1||||||${charset}`, pid, pv1, txa, obx, '']
      .filter(Boolean)
      .join('\r') + '\r'
  )
}
const read = (text: string | Uint8Array, name = 'n.hl7') => readInput(name, text)

describe('an escape', () => {
  it.each([
    ['a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f', 'a|b^c&d~e\\f'],
    ['\\H\\bold\\N\\ plain', 'bold plain'],
    ['one\\.br\\two\\.sp3\\three', 'one\ntwo\n\n\nthree'],
    ['\\.ce\\Title\\.in+4\\\\.ti-2\\\\.fi\\\\.nf\\text', '\nTitletext'],
    ['a\\.sk3\\b', 'a   b'],
    ['\\.sp999\\x', `${'\n'.repeat(60)}x`],
    ['\\X41\\\\X0D0A\\\\XE28093\\', 'A\n–'],
    ['\\C2842\\\\M284228\\\\M2842\\kept', 'kept'],
    ['N\\V and F\\C', 'N\\V and F\\C'],
    ['\\Zlocal\\ \\.zz\\ \\X4\\ \\XGG\\', '\\Zlocal\\ \\.zz\\ \\X4\\ \\XGG\\'],
    ['ends in \\', 'ends in \\'],
    ['\\E\\F\\', '\\F\\'],
    ['\\\\', '\\\\'],
  ])('%s is %j', (raw, text) => {
    expect(unescapeText(raw, USUAL, 'utf-8')).toBe(text)
  })

  it('of bytes that do not fit the character set stays as it is written', () => {
    expect(unescapeText('\\XFF\\', USUAL, 'utf-8')).toBe('\\XFF\\')
    expect(unescapeText('\\XFF\\', USUAL, undefined)).toBe('ÿ')
  })

  it('gives back every text that was escaped', () => {
    const names: Readonly<Record<string, string>> = { '|': 'F', '^': 'S', '&': 'T', '~': 'R', '\\': 'E' }
    const escaped = (text: string): string => text.replace(/[|^&~\\]/g, sign => `\\${names[sign]}\\`)
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('|', '^', '&', '~', '\\', 'F', 'X', '4', '.', 'b') }),
        text => {
          expect(unescapeText(escaped(text), USUAL, undefined)).toBe(text)
        },
      ),
    )
  })
})

describe('lines of segments', () => {
  it('are those of a split, however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('\r', '\n', 'a', '|') }),
        fc.integer({ min: 1, max: 5 }),
        async (text, size) => {
          const bytes = Buffer.from(text)
          const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
            bytes.subarray(index * size, (index + 1) * size),
          )
          const lines: string[] = []
          for await (const { number, bytes: line } of readSegmentLines(chunks, 100)) {
            lines.push(Buffer.from(line ?? []).toString())
            expect(number).toBe(lines.length)
          }
          const expected = text.split(/\r\n|\r|\n/)
          // Behind the last line end there is no line.
          expect(lines).toEqual(expected.at(-1) === '' ? expected.slice(0, -1) : expected)
        },
      ),
    )
  })
})

describe('a message', () => {
  it.each<readonly [string, Parts, object]>([
    ['inpatient by PV1-2', { pv1: 'PV1|1|I' }, { setting: 'inpatient' }],
    ['emergency', { pv1: 'PV1|1|e' }, { setting: 'outpatient' }],
    ['preadmission', { pv1: 'PV1|1|P' }, { setting: 'outpatient' }],
    ['the date of TXA-4', { txa: 'TXA|1|PN||202602101200' }, { dateOfService: '2026-02-10' }],
    ['else the admission', { pv1: `PV1|1|I${'|'.repeat(42)}20260208` }, { dateOfService: '2026-02-08' }],
    ['sex O as X', { pid: 'PID|1||7|||||O' }, { patient: { id: '7', sex: 'X' } }],
    [
      'a birth date',
      { pid: 'PID|1||7||||19600229120000' },
      { patient: { id: '7', birthDate: '1960-02-29' } },
    ],
    ['the author by name', { txa: 'TXA|1|PN|||||||9^Okonjo^Ben' }, { author: 'Ben Okonjo' }],
    ['the author by number', { txa: 'TXA|1|PN|||||||9' }, { author: '9' }],
    ['the document number', { txa: 'TXA|1|PN||||||||||DOC 1^X' }, { id: 'DOC 1' }],
    ['the message number else', {}, { id: 'M1' }],
    ['its facility and type', {}, { facility: 'B', type: 'PN' }],
  ])('says %s', async (_, parts, fields) => {
    expect(await read(message(parts))).toMatchObject([{ text: 'Gout.', ...fields }])
  })

  it.each<readonly [string, Parts, string]>([
    ['an unknown patient class', { pv1: 'PV1|1|U' }, 'setting'],
    ['no patient class', {}, 'setting'],
    ['obstetrics', { pv1: 'PV1|1|B' }, 'setting'],
    ['a year as its date', { txa: 'TXA|1|PN||2026' }, 'dateOfService'],
    ['a deleted date', { txa: 'TXA|1|PN||""' }, 'dateOfService'],
    ['sex U alone', { pid: 'PID|1||||||||U' }, 'patient'],
    ['a birth date that no calendar has', { pid: 'PID|1||||||00000000' }, 'patient'],
  ])('with %s leaves the field out', async (_, parts, field) => {
    const [note] = await read(message(parts))
    expect(note).toMatchObject({ text: 'Gout.' })
    expect(note).not.toHaveProperty(field)
  })

  it.each<readonly [string, string, object]>([
    [
      'of another type',
      message({ type: 'ADT^A01^ADT_A01' }),
      {
        code: 'input-message',
        message: 'ADT^A01 messages hold no notes: MDM^T01 to T11 and ORU^R01 are read',
      },
    ],
    [
      'of a type that is no code',
      message({ type: 'Quimby^x' }),
      {
        code: 'input-message',
        message: 'the type of the message is not read: MDM^T01 to T11 and ORU^R01 are read',
      },
    ],
    [
      'without text',
      message({ obx: 'OBX|1|NM|a||7' }),
      { code: 'input-message', message: 'the MDM^T02 message holds no text in its OBX segments' },
    ],
    ['of a PDF', message({ obx: 'OBX|1|ED|a||x^AP^PDF^Base64^JVBERg==' }), { code: 'input-message' }],
    [
      'that was deleted',
      message({ txa: `TXA|1|PN${'|'.repeat(17)}CA` }),
      { code: 'input-message', message: 'the document of the message is withdrawn (TXA-19 is CA)' },
    ],
    [
      'with a date that no calendar has',
      message({ txa: 'TXA|1|PN||20260230' }),
      { code: 'date-invalid', message: 'TXA-4 is not a calendar date' },
    ],
    ['in a character set that is not read', message({ charset: 'ISO IR87' }), { code: 'input-message' }],
    [
      'without a header',
      'EVN|T02\rOBX|1|TX|a||Gout.\r',
      { code: 'input-message', message: 'line 1 stands outside of every message: a message begins with MSH' },
    ],
  ])('%s is a reject', async (_, text, error) => {
    expect(await read(text)).toMatchObject([{ line: 1, error }])
  })

  it.each([
    ['8859/1', 'latin1', 'fièvre'],
    ['8859/5', undefined, 'кашель'],
    ['UNICODE UTF-8', 'utf8', 'fièvre – кашель'],
    ['', 'utf8', 'fièvre'],
    ['', 'latin1', 'fièvre'],
    ['ASCII', 'latin1', 'fièvre'],
  ] as const)('in %s, written as %s, is read: %s', async (charset, encoding, text) => {
    const written = message({ charset, obx: `OBX|1|TX|a||${text}` })
    // ISO 8859-5 has its letters at U+0400 less 0x360.
    const bytes =
      encoding === undefined
        ? Uint8Array.from(written, sign => (sign > 'Ѐ' ? sign.charCodeAt(0) - 0x360 : sign.charCodeAt(0)))
        : Buffer.from(written, encoding)
    expect((await read(bytes)).map(outcomeOf)).toEqual([text])
  })

  it('that is not in the character set it names is refused', async () => {
    const bytes = Buffer.from(message({ charset: 'UNICODE UTF-8', obx: 'OBX|1|TX|a||fièvre' }), 'latin1')
    expect((await read(bytes)).map(outcomeOf)).toEqual(['input-encoding'])
  })

  it('over the limit is refused with the line it begins on, and the next is read', async () => {
    const large = `${message()}OBX|2|TX|a||${'x'.repeat(1024)}\r`
    const chunks = [
      Buffer.from(`\n${large}`),
      ...Array<Buffer>(65).fill(Buffer.alloc(1024 * 1024, 0x78)),
      Buffer.from(`\r${message()}`),
    ]
    expect(await readInput('n.hl7', chunks)).toMatchObject([
      { line: 2, error: { code: 'input-size' } },
      { id: 'M1' },
    ])
  })
})

describe('a file', () => {
  const count = async (text: string): Promise<readonly ControlCount[]> => {
    const counts: ControlCount[] = []
    await readInput('n.hl7', text, { onControlCount: found => counts.push(found) })
    return counts
  }

  it.each([
    ['of text that begins like HL7', 'n.txt', ''],
    ['of text behind a mark', 'n.txt', '\ufeff'],
    ['of text behind blank lines', 'n.txt', '\r\n\r\n'],
    ['with MLLP before its messages', 'n.txt', '\u000b'],
  ])('%s is read as such', async (_, name, before) => {
    expect(await read(before + message(), name)).toMatchObject([{ id: 'M1', text: 'Gout.' }])
  })

  it('of text that speaks of MSH is a text', async () => {
    expect(await read('MSH was discussed | no', 'n.txt')).toMatchObject([{ id: 'n.txt' }])
  })

  it('tells what its trailers count, and what was there', async () => {
    expect(await count(`BHS|^~\\&\r${message()}${message({ type: 'ADT^A01' })}BTS|2\r`)).toEqual([
      { of: 'messages', declared: 2, read: 2 },
    ])
    expect(await count(`FHS|^~\\&\rBHS|^~\\&\rBTS|0\rBHS|^~\\&\rBTS\rFTS|2\r`)).toEqual([
      { of: 'messages', declared: 0, read: 0 },
      { of: 'batches', declared: 2, read: 2 },
    ])
    expect(await count(`FHS|^~\\&\r${message()}FTS|1\r`)).toEqual([{ of: 'messages', declared: 1, read: 1 }])
    expect(await count(message())).toEqual([])
  })

  it.each([
    ['a wrong count', `BHS|^~\\&\r${message()}BTS|3\r`, 5, /counts 3 messages, the file holds 1/],
    ['a count that is none', `BHS|^~\\&\r${message()}BTS|three\r`, 5, /is no number/],
    ['a batch without its end', `BHS|^~\\&\r${message()}`, 1, /has no BTS segment/],
    ['a batch in a batch', `BHS|^~\\&\r${message()}BHS|^~\\&\r${message()}BTS|1\r`, 1, /has no BTS segment/],
    ['a file without its end', `FHS|^~\\&\r${message()}`, 1, /has no FTS segment/],
    [
      'words between its messages',
      `${message()}BHS|^~\\&\rBTS|0\rQuimby\rmore\r`,
      6,
      /line 6 stands outside/,
    ],
  ])('with %s has one error line, and its messages are read', async (_, text, line, what) => {
    const all = await read(text)
    expect(all.filter(one => 'error' in one)).toMatchObject([{ line, error: { code: 'input-message' } }])
    const [reject] = all.filter(one => 'error' in one)
    expect(reject !== undefined && 'error' in reject && reject.error.message).toMatch(what)
    expect(all.filter(one => 'text' in one).length).toBeGreaterThan(0)
  })

  it('keeps the lines of messages right, whatever ends them', async () => {
    for (const end of ['\r', '\n', '\r\n']) {
      const text = [message({ type: 'ADT^A01' }), message({ type: 'ADT^A02' })].join('').replaceAll('\r', end)
      expect(await read(text)).toMatchObject([{ line: 1 }, { line: 4 }])
    }
  })
})
