/** The table of drugs: what a row says, what is refused with file and line, and the codes that follow from it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { drugCodes } from '../../src/dictionary/build/drug-codes.js'
import { readAxes } from '../../src/dictionary/lexicon/axes.js'
import { readDrugs } from '../../src/dictionary/lexicon/drugs.js'
import { withIntent } from '../../src/model/drugs.js'
import { DICTIONARIES } from '../support/lexicon-engine.js'

const HEADER = 'class,category,kind,long_term,allergy,from,names'
const directories: string[] = []
afterAll(() => directories.forEach(directory => rmSync(directory, { recursive: true })))

function table(...rows: readonly string[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'chartcode-drugs-'))
  directories.push(directory)
  const file = join(directory, 'drugs.csv')
  writeFileSync(file, `${[HEADER, ...rows].join('\n')}\n`)
  return file
}

describe('a row of drugs', () => {
  it('is read with its class and every name', () => {
    expect(readDrugs(table('aspirin,T39.01,,Z79.82,Z88.6,2020,aspirin|ASA!'))).toEqual({
      classes: [
        {
          name: 'aspirin',
          kind: 'medicine',
          category: 'T39.01',
          longTerm: 'Z79.82',
          allergies: ['Z88.6'],
          from: 2020,
        },
      ],
      names: [
        { phrase: 'aspirin', drugClass: 0, needsCapitals: false },
        { phrase: 'ASA', drugClass: 0, needsCapitals: true },
      ],
    })
  })

  it('may be a substance without a category', () => {
    expect(readDrugs(table('eggs,,substance,,Z91.012|Z91.0120,,egg')).classes).toEqual([
      { name: 'eggs', kind: 'substance', allergies: ['Z91.012', 'Z91.0120'] },
    ])
  })

  it.each([
    ['a category with its intent', 'x,T39.011,,,Z88.6,,x', 'is no category'],
    ['a category of another chapter', 'x,E11.9,,,Z88.6,,x', 'is no category'],
    ['no category', 'x,,,,Z88.6,,x', 'a substance has no category'],
    ['a category for a substance', 'x,T39.01,substance,,Z91.013,,x', 'a substance has no category'],
    ['an unknown kind', 'x,T39.01,herb,,Z88.6,,x', 'unknown kind herb'],
    ['a status of another kind', 'x,T39.01,,Z95.1,Z88.6,,x', 'is no code of Z79'],
    ['a name that stands twice', 'x,T39.01,,,Z88.6,,x|X', 'stands twice'],
    ['a year that is none', 'x,T39.01,,,Z88.6,soon,x', 'fiscal year soon'],
  ])('is refused with %s', (_, row, message) => {
    expect(() => readDrugs(table(row))).toThrow(message)
    expect(() => readDrugs(table(row))).toThrow('drugs.csv:2')
  })
})

describe('the codes of a drug', () => {
  it.each([
    ['T50.2X', 'T50.2X5'],
    ['T39.01', 'T39.015'],
    ['T36.9', 'T36.95X'],
  ])('of %s have the intent behind it', (category, expected) => {
    expect(withIntent(category, 'adverse')).toBe(expected)
  })

  it('are those of all intents and encounters, without adverse effects of street drugs', () => {
    const axes = readAxes(join(DICTIONARIES, 'axes.csv'))
    const drugs = readDrugs(table('aspirin,T39.01,,,Z88.6,,aspirin', 'heroin,T40.1X,street,,,,heroin'))
    const codes = drugCodes(drugs, axes).map(({ code }) => code)
    expect(codes).toHaveLength(6 * 3 + 4 * 3)
    expect(codes).toContain('T39.016S')
    expect(codes).toContain('T40.1X4A')
    expect(codes).not.toContain('T40.1X5A')
  })

  it('begin with the first year of the category', () => {
    const axes = readAxes(join(DICTIONARIES, 'axes.csv'))
    const drugs = readDrugs(table('immune checkpoint inhibitors,T45.AX,,,Z88.8,2025,nivolumab'))
    expect(drugCodes(drugs, axes, 2024)).toEqual([])
    expect(drugCodes(drugs, axes, 2025)).toHaveLength(18)
  })
})

describe('the table of the project', () => {
  it('has several hundred names, each with a class', () => {
    const { classes, names } = readDrugs(join(DICTIONARIES, 'drugs.csv'))
    expect(names.length).toBeGreaterThan(400)
    expect(names.every(({ drugClass }) => drugClass < classes.length)).toBe(true)
  })
})
