/** The readers of the conversion table and of the codes exempt from the present-on-admission indicator. */
import { describe, expect, it } from 'vitest'
import { readConversionTable } from '../../src/sources/conversion-table.js'
import { readPoaExempt } from '../../src/sources/poa-exempt.js'
import { bytesOf, collect } from './invented-files.js'

const HEADER =
  '"A table, in effect October 1, 2025."\r\nCurrent code assignment,Effective,Previous Code(s) Assignment\r\n'
const convert = (text: string, chunkSize?: number) =>
  collect(readConversionTable(bytesOf(text, chunkSize), 'conversion.csv'))
const exempt = (text: string) => collect(readPoaExempt(bytesOf(text), 'poa.txt'))

describe('the conversion table', () => {
  it.each([
    ['A20.11,2017,A20.1', { code: 'A2011', effective: '2017-10-01', previous: ['A201'] }],
    ['A20.12 ,2017,A20.1 ', { code: 'A2012', effective: '2017-10-01', previous: ['A201'] }],
    ['A20.3,2023-04-01 00:00:00,A20.9', { code: 'A203', effective: '2023-04-01', previous: ['A209'] }],
    ['A20.4,2021,A20.1 and A20.2', { code: 'A204', effective: '2021-10-01', previous: ['A201', 'A202'] }],
    ['A20.5,2021,"A20.1, A20.2 "', { code: 'A205', effective: '2021-10-01', previous: ['A201', 'A202'] }],
    ['QA0.0101,2025,F88', { code: 'QA00101', effective: '2025-10-01', previous: ['F88'] }],
    ['W453XXA,2016,W45.3XXA', { code: 'W453XXA', effective: '2016-10-01', previous: ['W453XXA'] }],
  ])('reads %j', async (line, row) => {
    expect(await convert(`${HEADER}${line}\r\n`)).toEqual([row])
    expect(await convert(`${HEADER}${line}`, 1)).toEqual([row])
  })

  it('passes over what had no code before, and empty lines', async () => {
    expect(await convert(`${HEADER}U99.9,2020,None\r\n,,\r\n`)).toEqual([])
  })

  it.each([
    ['no header', 'A20.11,2017,A20.1\r\n', /header of a conversion table is missing/],
    ['no code', `${HEADER}mouse,2017,A20.1\r\n`, /line 3: the first column is not a code/],
    ['no date', `${HEADER}A20.11,soon,A20.1\r\n`, /line 3: no effective date/],
  ])('is refused with %s', async (_what, text, message) => {
    await expect(convert(text)).rejects.toMatchObject({ code: 'release-unreadable' })
    await expect(convert(text)).rejects.toThrow(message)
  })
})

describe('the exempt codes', () => {
  it('are the second column', async () => {
    expect(
      await exempt('Order26\tPOAexemptCode\tDescription\r\n01\tA20.1\tMouse\r\n02\tB90\tRat\r\n'),
    ).toEqual([{ code: 'A201' }, { code: 'B90' }])
  })

  it.each([
    ['without the header', '01\tA20.1\tMouse\r\n', /line 1: the header/],
    ['with a line that holds no code', 'Order26\tPOAexemptCode\tDescription\r\n01 A20.1 Mouse\r\n', /line 2/],
  ])('are refused %s', async (_what, text, message) => {
    await expect(exempt(text)).rejects.toThrow(message)
  })
})
