/** The alphabetic index, the external-cause index, the neoplasm table and the table of drugs. */
import { createReadStream } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { readIndexXml } from '../../src/sources/index-xml.js'
import { readPrintedTitle } from '../../src/sources/printed-title.js'
import { readTableXml } from '../../src/sources/table-xml.js'
import { bytesOf, collect, indexXml, tableXml } from './invented-files.js'
import { sharedFile, sharedIcd10cm } from './shared-data.js'

const letter = (terms: string) => `<letter><title>F</title>${terms}</letter>`
const readIndex = (terms: string) => collect(readIndexXml(bytesOf(indexXml(letter(terms))), 'index.xml'))
const entry = async (fields: string) =>
  (await readIndex(`<mainTerm><title>Fever</title>${fields}</mainTerm>`))[0]

describe('a printed title', () => {
  const plain = (text: string) => ({ text, modifiers: false })
  const modifiers = (text: string) => ({ text, modifiers: true })
  it.each([
    [
      'modifiers in several parentheses',
      [plain('Fever'), modifiers('(high) (of  unknown origin)')],
      'Fever',
      ['high', 'of unknown origin'],
    ],
    [
      'words after the modifiers',
      [plain('vein'), modifiers('(peripheral)'), plain(' NEC')],
      'vein NEC',
      ['peripheral'],
    ],
    [
      'words between the modifiers',
      [plain('Brill'), modifiers('(-Zinsser) disease (mild)')],
      'Brill disease',
      ['-Zinsser', 'mild'],
    ],
    ['modifiers before the words', [modifiers('(gastro)'), plain(' enteritis')], 'enteritis', ['gastro']],
    [
      'a comma after the modifiers',
      [plain('auricle'), modifiers('(ear)'), plain(' , congenital')],
      'auricle, congenital',
      ['ear'],
    ],
    [
      'parentheses within parentheses',
      [plain('Aplasia'), modifiers('(minor (M) (N))')],
      'Aplasia',
      ['minor (M) (N)'],
    ],
    ['a modifier inside a word', [plain('Amnes'), modifiers('(t)ic state')], 'Amnesic state', ['t']],
    [
      'a hyphen on both sides of a modifier',
      [plain('guanine-'), modifiers('(poly)-transferase')],
      'guanine-transferase',
      ['poly'],
    ],
    ['parentheses in a name', [plain('bis(chlorophenyl)')], 'bis(chlorophenyl)', []],
    ['a parenthesis that is never closed', [plain('Fever'), modifiers('(high')], 'Fever', ['high']],
    [
      'a parenthesis that was never opened',
      [plain('Fever'), modifiers('(high) state)')],
      'Fever state',
      ['high'],
    ],
    ['nothing but a modifier', [modifiers('(taser)')], '', ['taser']],
  ])('with %s', (_what, stretches, title, nonessential) => {
    expect(readPrintedTitle(stretches)).toEqual({ title, nonessential })
  })
})

describe('the alphabetic index', () => {
  it('gives every entry with its path, also those that only head others', async () => {
    const rows = await readIndex(`
      <mainTerm><title>Fever<nemod>(high)</nemod></title><code>R50.9</code>
        <term level="1"><title>with</title>
          <term level="2"><title>chills</title><code>R50.9</code></term></term>
        <term level="1"><title>yellow</title><code>A95.-</code></term></mainTerm>`)
    expect(rows.map(row => [row.path.map(step => step.title).join(' > '), row.code])).toEqual([
      ['Fever', 'R50.9'],
      ['Fever > with', null],
      ['Fever > with > chills', 'R50.9'],
      ['Fever > yellow', 'A95.-'],
    ])
    expect(rows[1]?.path[0]).toEqual({ title: 'Fever', nonessential: ['high'] })
  })

  it('keeps the manifestation code apart', async () => {
    expect(await entry('<code>E85.4</code><manif>I68.0</manif>')).toMatchObject({
      code: 'E85.4',
      manifestation: 'I68.0',
    })
  })

  it.each([
    ['see', '<see>Hyperpyrexia</see>', { code: null, see: 'Hyperpyrexia', seeAlso: null }],
    [
      'see also with a code',
      '<seeAlso>Chills</seeAlso><code>R50.9</code>',
      { code: 'R50.9', see: null, seeAlso: 'Chills' },
    ],
    ['a category', '<seecat>M01</seecat>', { code: null, see: 'category M01' }],
    ['a subcategory', '<subcat>H93.3</subcat>', { code: null, see: 'subcategory H93.3' }],
    [
      'a category torn from its see',
      '<see> category</see><code>I01</code>',
      { code: null, see: 'category I01' },
    ],
    [
      'the last of several categories',
      '<see>categories T17 and</see><code>T18</code>',
      { code: null, see: 'categories T17 and T18' },
    ],
    [
      'a subcategory torn from its see also',
      '<seeAlso>subcategory</seeAlso><code>H83.3</code>',
      { code: 'H83.3', seeAlso: 'subcategory H83.3' },
    ],
  ])('reads %s', async (_what, fields, expected) => {
    expect(await entry(fields)).toMatchObject(expected)
  })

  it('makes a reference of a modifier that is one', async () => {
    const [row] = await readIndex(
      '<mainTerm><title>Tumor<nemod>(large) (see also Neoplasm)</nemod></title><code>D49.9</code></mainTerm>',
    )
    expect(row).toMatchObject({ path: [{ title: 'Tumor', nonessential: ['large'] }], seeAlso: 'Neoplasm' })
  })

  it.each([
    [
      'a term of the wrong level',
      '<mainTerm><title>Fever</title><term level="2"><title>x</title></term></mainTerm>',
      /level 2 at depth 1/,
    ],
    ['a term without a title', '<mainTerm><code>R50.9</code></mainTerm>', /term without title/],
    [
      'a code after the subterms',
      '<mainTerm><title>Fever</title><term level="1"><title>x</title></term><code>R50.9</code></mainTerm>',
      /code after the subterms/,
    ],
  ])('is refused with %s', async (_what, terms, message) => {
    await expect(readIndex(terms)).rejects.toThrow(message)
  })
})

describe('the tables', () => {
  const readTable = (terms: string) =>
    collect(readTableXml(bytesOf(tableXml('Substance', letter(terms))), 'drug.xml'))

  it('give the code of each column and leave out the cells without one', async () => {
    const rows = await readTable(`
      <mainTerm><title>Foxglove<nemod>(leaf)</nemod></title>
        <cell col="2">T46.0X1</cell><cell col="3">T46.0X2</cell><cell col="6">--</cell><cell col="7">-</cell></mainTerm>`)
    expect(rows).toEqual([
      { path: [{ title: 'Foxglove', nonessential: ['leaf'] }], cells: { 2: 'T46.0X1', 3: 'T46.0X2' } },
    ])
  })

  it('give the reference where a line has no codes', async () => {
    const [row] = await readTable('<mainTerm><title>Digitalis leaf</title><see>Foxglove</see></mainTerm>')
    expect(row).toMatchObject({ cells: {}, see: 'Foxglove' })
  })

  it('are refused with a cell that names no column', async () => {
    await expect(readTable('<mainTerm><title>x</title><cell>T46.0X1</cell></mainTerm>')).rejects.toThrow(
      /column number/,
    )
  })
})

describe.skipIf(sharedIcd10cm === null)("the publisher's indexes and tables (needs shared data)", () => {
  it.each([
    ['fy2017/icd10cm_index_2017.xml', 77_199],
    ['reconstructed/icd10cm_index_2026.reconstructed.xml', 81_509],
    ['fy2025/icd-10-cm-eindex-2025.xml', 8_064],
  ])('%s holds %i entries', async (path, count) => {
    expect((await collect(readIndexXml(createReadStream(sharedFile(path)), path))).length).toBe(count)
  })

  it.each([
    ['fy2025/icd-10-cm-neoplasm-2025.xml', 9_018],
    ['fy2025/icd-10-cm-drug-2025.xml', 40_026],
  ])('%s names %i codes', async (path, count) => {
    const all = await collect(readTableXml(createReadStream(sharedFile(path)), path))
    expect(all.reduce((sum, row) => sum + Object.keys(row.cells).length, 0)).toBe(count)
  })
})
