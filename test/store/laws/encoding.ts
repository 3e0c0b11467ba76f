/** Bytes and texts come back as they went in, whatever is in them. */
import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import type { Store } from '../../../src/store/store.js'
import { acceptOne, claimOf, noteOf, outcomeOf, PIPELINE } from '../store-under-test.js'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const asJson = (text: string): Uint8Array => new Uint8Array(Buffer.from(JSON.stringify({ text }), 'utf8'))
const everyByte = Uint8Array.from({ length: 256 }, (_, i) => i)

const TEXTS: readonly (readonly [name: string, text: string])[] = [
  ['nothing', ''],
  ['NUL', 'a\0b'],
  ['a byte order mark in front', '\ufeffDenies cough.'],
  ['a byte order mark inside', 'Denies\ufeff cough.'],
  ['a lone high surrogate', 'a\ud800b'],
  ['a lone low surrogate', 'a\udc00b'],
  ['letters beyond the first plane', '𝛼 🩺 𐀀'],
  ['line separators', 'a\u2028b\u2029c\u0085d\r\ne\rf\vg\fh'],
  ['marks of direction', '\u202eabc\u202c\u200d\u00ad'],
  ['letters that change their length', 'İ ß ﬁ Å'],
  ['ten thousand marks on a letter', `e${'\u0301'.repeat(10_000)}`],
  ['backslashes and quotes', `\\x00 \\\\ ' " {} , $1 E'\\n'`],
]

export function encodingLaws(store: () => Store): void {
  const roundTrip = async (body: Uint8Array): Promise<string> => {
    const { workId } = await acceptOne(store(), noteOf(sha256(body), { body }))
    const { work } = await claimOf(store(), workId)
    return work.kind === 'note' ? sha256(work.body) : ''
  }

  it.each(TEXTS)('keeps a note with %s', async (_, text) => {
    expect(await roundTrip(asJson(text))).toBe(sha256(asJson(text)))
  })

  it('keeps bytes that are no text at all', async () => {
    expect(await roundTrip(everyByte)).toBe(sha256(everyByte))
    expect(await roundTrip(new Uint8Array(0))).toBe(sha256(new Uint8Array(0)))
  })

  it('keeps a note of 10 MB beside a small one', async () => {
    const large = new Uint8Array(10 * 1024 * 1024).map((_, i) => (i * 31) % 256)
    const notes = [noteOf('small', { body: everyByte }), noteOf('large', { body: large })]
    const accepted = await store().acceptNotes({ pipeline: PIPELINE, notes })
    const bodies = await Promise.all(
      accepted.map(async ({ workId }) => {
        const { work } = await claimOf(store(), workId)
        return work.kind === 'note' ? sha256(work.body) : ''
      }),
    )
    expect(bodies).toEqual([sha256(everyByte), sha256(large)])
  })

  it('keeps a slice of a larger buffer without its neighbours', async () => {
    const slice = Buffer.from('before|the note|behind').subarray(7, 15)
    expect(await roundTrip(slice)).toBe(sha256(slice))
  })

  it.each(TEXTS)('keeps ids and facilities with %s', async (_, text) => {
    const { workId } = await acceptOne(store(), noteOf(text, { facility: text }))
    expect(await acceptOne(store(), noteOf(text, { facility: text }))).toMatchObject({ workId, isNew: false })
    const claim = await claimOf(store(), workId)
    expect(claim.work).toMatchObject({ externalId: text })
    const entry = {
      reason: 'note-memory',
      stage: 'detect',
      attempts: 1,
      sha256: '',
      externalId: text,
    } as const
    await store().quarantine(claim, entry)
    expect(await store().quarantined({ limit: 1 })).toMatchObject([{ externalId: text }])
  })

  it('tells ids apart that differ in what a database may not tell apart', async () => {
    const ids = [
      '\ud800',
      '\ud801',
      '\ufffd',
      '\ufeffa',
      'a',
      'a\0',
      'a ',
      'A',
      'x'.repeat(5000),
      'x'.repeat(5001),
    ]
    const notes = ids.map(id => noteOf(id))
    const accepted = await store().acceptNotes({ pipeline: PIPELINE, notes })
    expect(accepted.filter(({ isNew }) => isNew)).toHaveLength(ids.length)
    const joined = [noteOf('b', { facility: 'a' }), noteOf('', { facility: 'ab' })]
    expect(
      new Set((await store().acceptNotes({ pipeline: PIPELINE, notes: joined })).map(n => n.noteId)).size,
    ).toBe(2)
  })

  it('keeps the bytes of a result', async () => {
    const { noteId, workId } = await acceptOne(store(), noteOf('a'))
    await store().commitNote(await claimOf(store(), workId), { ...outcomeOf('r'), result: everyByte })
    expect(sha256((await store().result(noteId, PIPELINE))!.result)).toBe(sha256(everyByte))
  })
}
