/** The order file's reader: every column is where the publisher says, or the line is named. */
import { createReadStream } from 'node:fs'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { readOrderFile } from '../../src/sources/order-file.js'
import { bytesOf, collect, orderFile, orderLine, rows } from './invented-files.js'
import { sharedFile, sharedIcd10cm } from './shared-data.js'

const read = (text: string | Uint8Array, chunkSize?: number) =>
  collect(readOrderFile(bytesOf(text, chunkSize), 'order.txt'))

const TWO = rows(`
  Z3A 0 Weeks of pregnancy
  Z3A01 1 Fewer than eight weeks`)

describe('the order file', () => {
  it('gives code, flag and both titles of a row', async () => {
    const long = 'A long title that goes on beyond the sixty columns that a short title may have in this file'
    expect(await read(orderLine(7, { code: 'S52521A', billable: true, title: long }))).toEqual([
      { order: 7, code: 'S52521A', billable: true, shortTitle: long.slice(0, 60).trimEnd(), longTitle: long },
    ])
  })

  it('reads lines that end in LF as it reads those that end in CRLF', async () => {
    const text = orderFile(TWO)
    expect(await read(text.replaceAll('\r\n', '\n'))).toEqual(await read(text))
  })

  it('reads the same rows however the bytes are cut into chunks', async () => {
    const text = orderFile(TWO)
    const whole = await read(text, text.length)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 200 }), async size => {
        expect(await read(text, size)).toEqual(whole)
      }),
      { numRuns: 30 },
    )
  })

  const good = orderLine(2, { code: 'A000', billable: true, title: 'Cholera of one kind' })
  it.each([
    ['a flag that is neither 0 nor 1', good.replace('A000    1', 'A000    2'), /line 2: column 15/],
    ['a code in lower case', good.replace('A000', 'a000'), /line 2: columns 7-13/],
    ['a code that begins one column too far left', good.replace('00002 A000   ', '00002A000    '), /line 2/],
    ['an order number that is no number', good.replace('00002', '0000b'), /line 2: columns 1-5/],
    [
      'an order number that goes back',
      good.replace('00002', '00001'),
      /line 2: order number 1 does not follow 1/,
    ],
    ['a duplicate code', good.replace('A000', 'A00 '), /line 2: code A00 stands already on line 1/],
    ['a character outside ASCII', good.replace('Cholera', 'Choléra'), /line 2: a character outside ASCII/],
    ['a line that is cut off', good.slice(0, 40), /line 2: 40 columns/],
    ['an empty line', '\r\n', /line 2: 0 columns/],
    ['a row without a long title', `${good.slice(0, 77)} \r\n`, /line 2: no long title/],
  ])('refuses %s and names the line', async (_what, second, message) => {
    const text = orderLine(1, { code: 'A00', billable: false, title: 'Cholera' }) + second
    await expect(read(text)).rejects.toMatchObject({ code: 'release-unreadable', line: 2 })
    await expect(read(text)).rejects.toThrow(message)
  })

  it('refuses a file without any row', async () => {
    await expect(read('')).rejects.toThrow(/holds no row/)
  })
})

describe.skipIf(sharedIcd10cm === null)("the publisher's order files (needs shared data)", () => {
  it.each([
    ['fy2026/icd10cm-order-2026.txt', 98_186, 74_719],
    ['fy2025/icd10cm-order-2025.txt', 97_584, 74_260],
    ['fy2024/icd10cm-order-2024.txt', 97_296, 74_044],
    ['fy2021/icd10cm-order-Jan-2021.txt', 95_358, 72_621],
  ])('%s has %i rows, %i of them billable', async (path, total, billable) => {
    const all = await collect(readOrderFile(createReadStream(sharedFile(path)), path))
    expect(all.length).toBe(total)
    expect(all.filter(row => row.billable).length).toBe(billable)
  })
})
