/** The tabular list's reader: hierarchy, notes at three levels, 7th characters where they are defined. */
import { createReadStream } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { readTabularXml } from '../../src/sources/tabular-xml.js'
import { bytesOf, collect, tabularXml } from './invented-files.js'
import { sharedFile, sharedIcd10cm } from './shared-data.js'

async function read(text: string) {
  const items = await collect(readTabularXml(bytesOf(text), 'tabular.xml'))
  return {
    codes: items.flatMap(item => (item.type === 'code' ? [item.row] : [])),
    notes: items.flatMap(item => (item.type === 'note' ? [item.note] : [])),
  }
}

const CHAPTER = `
<chapter><name>19</name><desc>Injuries (S00-T88)</desc>
  <useAdditionalCode><note>a code for what caused it</note></useAdditionalCode>
  <sectionIndex><sectionRef id="S50-S59">Elbow and forearm</sectionRef><note>not a note</note></sectionIndex>
  <section id="S50-S59"><desc>Elbow and forearm (S50-S59)</desc>
    <excludes2><note>burns  and
        corrosions</note></excludes2>
    <diag><name>S52</name><desc>Broken forearm</desc>
      <excludes1><note>lost forearm (S58.-)</note><note>broken wrist (S62.-)</note></excludes1>
      <sevenChrNote><note>one of these is added</note></sevenChrNote>
      <sevenChrDef><extension char="A">first visit</extension><note>aside</note><extension char="D">later visit</extension></sevenChrDef>
      <diag><name>S52.5</name><desc>Broken lower end of radius</desc>
        <diag placeholder="true"><name>S52.5X</name><desc>Broken lower end of radius</desc></diag>
      </diag>
    </diag>
    <diag><name>S53</name><desc>Sprained elbow</desc></diag>
  </section>
</chapter>`

describe('the tabular list', () => {
  it('gives each code its parent, chapter and section, parents first', async () => {
    const { codes } = await read(tabularXml(CHAPTER))
    expect(codes.map(({ code, parent, chapter, section }) => [code, parent, chapter, section])).toEqual([
      ['S52', null, '19', 'S50-S59'],
      ['S525', 'S52', '19', 'S50-S59'],
      ['S525X', 'S525', '19', 'S50-S59'],
      ['S53', null, '19', 'S50-S59'],
    ])
  })

  it('records 7th characters where they are defined, and only there', async () => {
    const { codes } = await read(tabularXml(CHAPTER))
    expect(codes.map(code => code.seventh)).toEqual([
      { A: 'first visit', D: 'later visit' },
      null,
      null,
      null,
    ])
  })

  it('finds 7th characters that stand after the subcodes', async () => {
    const { codes } = await read(
      tabularXml(`<chapter><name>19</name><section id="S00-S09"><diag><name>S00</name><desc>Bruise</desc>
        <diag><name>S00.0</name><desc>Bruise of scalp</desc></diag>
        <sevenChrDef><extension char="A">first visit</extension></sevenChrDef></diag></section></chapter>`),
    )
    expect(codes.map(code => code.seventh)).toEqual([{ A: 'first visit' }, null])
  })

  it('gives the 7th characters of a section to its categories', async () => {
    const { codes } = await read(
      tabularXml(`<chapter><name>19</name><section id="S00-S09">
        <sevenChrDef><extension char="A">first visit</extension></sevenChrDef>
        <diag><name>S00</name><desc>Bruise</desc><diag><name>S00.0</name><desc>Bruise of scalp</desc></diag></diag>
        </section></chapter>`),
    )
    expect(codes.map(code => code.seventh)).toEqual([{ A: 'first visit' }, null])
  })

  it('marks placeholder levels', async () => {
    const { codes } = await read(tabularXml(CHAPTER))
    expect(codes.filter(code => code.placeholder).map(code => code.code)).toEqual(['S525X'])
  })

  it('gives notes of chapter, section and code, on one line each', async () => {
    const { notes } = await read(tabularXml(CHAPTER))
    expect(notes).toEqual([
      { level: 'chapter', at: '19', kind: 'useAdditionalCode', text: 'a code for what caused it' },
      { level: 'section', at: 'S50-S59', kind: 'excludes2', text: 'burns and corrosions' },
      { level: 'code', at: 'S52', kind: 'excludes1', text: 'lost forearm (S58.-)' },
      { level: 'code', at: 'S52', kind: 'excludes1', text: 'broken wrist (S62.-)' },
    ])
  })

  const inSection = (content: string) =>
    tabularXml(`<chapter><name>1</name><section id="A00-A09">${content}</section></chapter>`)
  it.each([
    [
      'a code that stands twice',
      inSection('<diag><name>A00</name><desc>x</desc></diag>'.repeat(2)),
      /A00 stands twice/,
    ],
    ['a name that is no code', inSection('<diag><name>A0</name><desc>x</desc></diag>'), /'A0' is not a code/],
    ['a code without a title', inSection('<diag><name>A00</name></diag>'), /without name or title/],
    [
      'a code outside a section',
      tabularXml('<diag><name>A00</name><desc>x</desc></diag>'),
      /outside a section/,
    ],
    ['a section without id', tabularXml('<chapter><section/></chapter>'), /section without id/],
    [
      'a 7th character defined twice',
      inSection(
        '<diag><name>A00</name><desc>x</desc><sevenChrDef><extension char="A">x</extension><extension char="A">y</extension></sevenChrDef></diag>',
      ),
      /7th character A is defined twice/,
    ],
    ['the addenda', '<ICD10CM.tabular isAddenda="true"></ICD10CM.tabular>', /addenda, not the list/],
    ['another root element', '<ICD10CM.index/>', /root element ICD10CM.index/],
    ['a list that is cut off', tabularXml(CHAPTER).slice(0, 700), /not well-formed/],
  ])('is refused with %s', async (_what, text, message) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'release-unreadable' })
    await expect(read(text)).rejects.toThrow(message)
  })
})

describe.skipIf(sharedIcd10cm === null)('whole tabular lists (needs shared data)', () => {
  it.each([
    ['fy2021/icd10cm_tabular_2021.xml', 45_017],
    ['reconstructed/icd10cm_tabular_2026.reconstructed.xml', 46_881],
  ])('%s holds %i codes', async (path, count) => {
    const items = await collect(readTabularXml(createReadStream(sharedFile(path)), path))
    expect(items.filter(item => item.type === 'code').length).toBe(count)
  })

  it('the 12,611 inclusion terms of FY2026 are all read', async () => {
    const path = 'reconstructed/icd10cm_tabular_2026.reconstructed.xml'
    const items = await collect(readTabularXml(createReadStream(sharedFile(path)), path))
    expect(items.filter(item => item.type === 'note' && item.note.kind === 'inclusionTerm').length).toBe(
      12_611,
    )
  })
})
