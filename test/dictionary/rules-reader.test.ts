/** The reader of the rule tables: what a row says, and for every mistake the file and the line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readRules } from '../../src/dictionary/lexicon/rules.js'
import { DICTIONARIES } from '../support/lexicon-engine.js'

const HEADER = 'id,section,from,until,setting,effect,target,with,unless,when,words,code,reason,why'
const directories: string[] = []
afterAll(() => directories.forEach(directory => rmSync(directory, { recursive: true })))

function tables(...rows: readonly string[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'chartcode-rules-'))
  directories.push(directory)
  writeFileSync(join(directory, '1.csv'), `${[HEADER, ...rows].join('\n')}\n`)
  return directory
}

describe('a rule', () => {
  it('is read with its conditions', () => {
    const row =
      'x,I.A.15,2025,2026,inpatient,add,E08-E13,N18&I50|I51,{c}.22,no-other-cause,~on dialysis|hd,{c}.22,,why'
    expect(readRules(tables(row))).toEqual([
      {
        id: 'x',
        section: 'I.A.15',
        from: 2025,
        until: 2026,
        setting: 'inpatient',
        effect: 'add',
        target: ['E08-E13'],
        with: [['N18'], ['I50', 'I51']],
        unless: ['{c}.22'],
        when: ['no-other-cause'],
        words: ['on dialysis', 'hd'],
        wordsNear: true,
        code: '{c}.22',
        why: 'why',
      },
    ])
  })

  it.each([
    ['no code where one is added', 'x,I.A.15,,,,add,E11,,,,,,,why', ':2: add with the code ""'],
    ['a code where none is meant', 'x,I.A.15,,,,order,E11,N18,,,,E11.22,,why', ':2: order with the code'],
    ['no reason for what is dropped', 'x,I.A.15,,,,drop,E11,,,,,,,why', ':2: a reason'],
    ['an unknown effect', 'x,I.A.15,,,,move,E11,,,,,,,why', ':2: unknown move'],
    ['an unknown condition', 'x,I.A.15,,,,order,E11,N18,,soon,,,,why', ':2: unknown soon'],
    ['no pattern', 'x,I.A.15,,,,order,e11,N18,,,,,,why', ':2: "e11" is no code pattern'],
    ['a setting that is none', 'x,I.A.15,,,clinic,order,E11,N18,,,,,,why', ':2: setting clinic'],
    ['a year that is none', 'x,I.A.15,25,,,order,E11,N18,,,,,,why', ':2: fiscal year 25'],
    ['no why', 'x,I.A.15,,,,order,E11,N18,,,,,,', ':2: id, section and why'],
  ])('is refused with %s', (_, row, message) => {
    expect(() => readRules(tables(row))).toThrow(
      expect.objectContaining({
        code: 'lexicon-invalid',
        message: expect.stringContaining(message) as string,
      }),
    )
  })

  it('stands once', () => {
    const row = 'x,I.A.15,,,,order,E11,N18,,,,,,why'
    expect(() => readRules(tables(row, row))).toThrow('the rule x stands twice')
  })
})

describe('the tables of the project', () => {
  it('name a section for each rule', () => {
    const rules = readRules(join(DICTIONARIES, 'rules'))
    expect(rules.length).toBeGreaterThan(300)
    for (const { section } of rules)
      expect(section).toMatch(/^(?:I{1,3}|IV)\.[A-Z](?:\.\d+)?(?:\.[a-z0-9.]+)?$/)
  })
})
