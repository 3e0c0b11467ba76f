/** What a file is: by its content first, by its name only where the content is silent. */
import { describe, expect, it } from 'vitest'

import { identifySource } from '../../src/sources/identify.js'
import { indexXml, orderFile, rows, tableXml, tabularXml } from './invented-files.js'

const ORDER = orderFile(rows('A00 0 Cholera'))
const CONVERSION = '"A table"\r\nCurrent code assignment,Effective,Previous Code(s) Assignment\r\n'
const identify = (name: string, text: string) => identifySource(name, Buffer.from(text))

describe('a file of a release', () => {
  it.each([
    ['icd10cm-order-2027.txt', ORDER, 'order', 2027],
    ['icd10cm_order_2022.txt', ORDER, 'order', 2022],
    ['icd10cm-order-Jan-2021.txt', ORDER, 'order', 2021],
    ['whatever.txt', ORDER, 'order', null],
    ['icd10cm-tabular_-2027.xml', tabularXml('', { version: 2027 }), 'tabular', 2027],
    ['renamed.xml', tabularXml('', { version: 2025 }), 'tabular', 2025],
    ['index.xml', indexXml(''), 'index', 2026],
    ['eindex.xml', indexXml('', { title: 'ICD-10-CM EXTERNAL CAUSE of INJURIES INDEX' }), 'external', 2026],
    ['neoplasm.xml', tableXml('Neoplasm', '', 2025), 'neoplasm', 2025],
    ['drug.xml', tableXml('Substance', '', 2025), 'drug', 2025],
    ['CONVERSION-TABLE-FY2026.csv', CONVERSION, 'conversion', 2026],
    ['conversion.csv', CONVERSION, 'conversion', null],
    ['POAexemptCodesFY26.txt', 'Order26\tPOAexemptCode\tDescription\n', 'poa', 2026],
  ])('%s is recognised', (name, text, kind, fiscalYear) => {
    expect(identify(name, text)).toEqual({ kind, fiscalYear, reconstructed: false })
  })

  it('that says it is reconstructed is believed, in its comment or in its name', () => {
    const declared = tabularXml('', { comment: 'RECONSTRUCTED, NOT AN OFFICIAL FILE' })
    expect(identify('tabular.xml', declared)).toMatchObject({ kind: 'tabular', reconstructed: true })
    expect(identify('icd10cm_index_2026.reconstructed.xml', indexXml(''))).toMatchObject({
      reconstructed: true,
    })
  })
})

describe('a file that is no part of a release', () => {
  it.each([
    ['icd10cm-order-addenda-2026.txt', 'Add:         1 A000    Cholera', /addenda/],
    ['icd10cm-codes-2026.txt', 'A000    Cholera of one kind', /codes file/],
    ['icd10pcs_order_2026.txt', '00001 001     0 Body', /PCS/],
    ['icd-10-cm-tabular-2025_ch2.xml', tabularXml('', { version: 2025 }), /one chapter only/],
    ['icd-10-cm-tabular-2025.xsd', '<?xml version="1.0"?><xsd:schema/>', /schema/],
    ['addenda.xml', '<ICD10CM.tabular isAddenda="true">', /addenda/],
    ['other.xml', '<html></html>', /not of an ICD-10-CM release/],
    ['guidelines.pdf', '%PDF-1.7', /not a file of/],
    ['empty', '', /not a file of/],
  ])('%s is ignored with the reason', (name, text, reason) => {
    expect(identify(name, text)).toEqual({ ignored: expect.stringMatching(reason) as string })
  })
})
