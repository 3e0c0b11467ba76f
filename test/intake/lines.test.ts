/** Bytes in pieces of any size → the same lines. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLines, type Line } from '../../src/intake/lines.js'

async function linesOf(
  pieces: readonly Uint8Array[],
  limit = 1000,
): Promise<(readonly [number, string | null])[]> {
  const lines: Line[] = []
  for await (const line of readLines(pieces, limit)) lines.push(line)
  return lines.map(({ number, bytes }) => [
    number,
    bytes === null ? null : Buffer.from(bytes).toString('utf8'),
  ])
}

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8')

describe('readLines', () => {
  it.each([
    [
      'a last line without its end',
      'a\nb',
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    [
      'blank lines, which count and are left out',
      '\na\n \t\r\nb\n',
      [
        [2, 'a'],
        [4, 'b'],
      ],
    ],
    ['nothing', '', []],
    [
      'a carriage return, which JSON takes as a blank',
      'a\r\nb\r\n',
      [
        [1, 'a\r'],
        [2, 'b\r'],
      ],
    ],
  ])('reads %s', async (_, text, expected) => {
    expect(await linesOf([bytes(text)])).toEqual(expected)
  })

  it('passes over a line above the limit and reports its number', async () => {
    expect(
      await linesOf([bytes('ok\nfar too '), bytes('long for'), bytes(' this\nok\nlonger still')], 10),
    ).toEqual([
      [1, 'ok'],
      [2, null],
      [3, 'ok'],
      [4, null],
    ])
  })

  it('reads the same however the bytes come', async () => {
    const text = fc
      .array(fc.constantFrom('a', 'é', '😀', '\n', ' ', '\r\n', 'word'))
      .map(parts => parts.join(''))
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat({ max: 9 })), async (whole, cuts) => {
        const all = bytes(whole)
        const pieces: Uint8Array[] = []
        let at = 0
        for (const cut of cuts) {
          pieces.push(all.subarray(at, at + cut))
          at += cut
        }
        pieces.push(all.subarray(at))
        const expected = whole.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [[i + 1, line]]))
        expect(await linesOf(pieces)).toEqual(expected)
      }),
    )
  })
})
