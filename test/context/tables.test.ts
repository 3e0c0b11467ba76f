import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSections } from '../../src/dictionary/lexicon/sections.js'
import { mergeHomographs, readTriggers } from '../../src/dictionary/lexicon/triggers.js'
import { assertMarked } from '../support/assertion-cases.js'
import { createContextKit } from '../support/context-kit.js'

const folder = mkdtempSync(join(tmpdir(), 'chartcode-tables-'))
const HEADER = 'rule,phrase,category,direction,window,chain,stops,detail,why'

function triggersOf(...lines: string[]) {
  const file = join(folder, 'triggers.csv')
  writeFileSync(file, `${[HEADER, ...lines].join('\n')}\n`)
  return readTriggers(file)
}

describe('triggers.csv', () => {
  it('gives blank cells the defaults of the category', () => {
    const [row] = triggersOf('neg.no,no,negated,forward+field,,,,,plain negation')
    expect(row).toMatchObject({
      window: 8,
      chain: 'list',
      isFieldValue: true,
      direction: 'forward',
      classes: [],
    })
  })

  it.each([
    ['an unknown category', 'neg.no,no,absent,forward,,,,,why', /triggers\.csv:2: unknown category absent/],
    ['an unknown direction', 'neg.no,no,negated,left,,,,,why', /triggers\.csv:2: unknown direction left/],
    [
      'an unknown class',
      'stop.but,but,terminator,none,,,,contrary,why',
      /triggers\.csv:2: unknown class contrary/,
    ],
    ['a window that is no number', 'neg.no,no,negated,forward,far,,,,why', /triggers\.csv:2: window far/],
    ['a row without a why', 'neg.no,no,negated,forward,,,,,', /triggers\.csv:2: no why/],
    ['a phrase without a word', 'neg.no,.,negated,forward,,,,,why', /triggers\.csv:2: no phrase/],
  ])('refuses %s and names the line', (_name, line, message) => {
    expect(() => triggersOf(line)).toThrow(message)
  })

  it('refuses a phrase that stands twice, and names both lines', () => {
    const again = () => triggersOf('a,no,negated,forward,,,,,why', 'b,No,negated,forward,,,,,why')
    expect(again).toThrow(/triggers\.csv:3: the phrase no stands in line 2 too/)
  })

  it('keeps rows that fold to the same words as homographs', () => {
    const rows = triggersOf('a,rules out,negated,forward,,,,,why', 'b,rule out,possible,forward,,,,,why')
    const merged = mergeHomographs(rows, phrase => phrase.replace('rules', 'rule'))
    expect(merged).toHaveLength(1)
    expect(merged[0]?.homographs?.map(row => row.rule)).toEqual(['b'])
  })

  it("tells 'rules out' from 'rule out' by the spelling of the note", () => {
    expect(assertMarked('CT rules out [[dissection]].').presence).toBe('absent')
    expect(assertMarked('CT to rule out [[dissection]].').certainty).toBe('possible')
  })

  it('holds more than 450 cues', () => {
    expect(createContextKit().triggers.length).toBeGreaterThan(450)
  })
})

describe('sections.csv', () => {
  it('refuses a heading of two sections, and names the line', () => {
    const file = join(folder, 'sections.csv')
    writeFileSync(file, 'id,headings,meaning,why\nplan,plan,present,why\nassessment,imp|Plan,present,why\n')
    expect(() => readSections(file)).toThrow(/sections\.csv:3: the heading Plan belongs to plan too/)
  })

  it('refuses an unknown meaning', () => {
    const file = join(folder, 'meanings.csv')
    writeFileSync(file, 'id,headings,meaning,why\nplan,plan,soon,why\n')
    expect(() => readSections(file)).toThrow(/meanings\.csv:2: unknown meaning soon/)
  })

  it('holds more than 350 headings', () => {
    expect(createContextKit().headings.length).toBeGreaterThan(350)
  })
})
