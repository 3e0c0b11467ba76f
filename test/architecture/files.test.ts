/**
 * Rules of the house that a file can break alone: its length, its name, its header, inheritance,
 * and what it throws. Exceptions stand in tables here, each with its reason.
 */
import { describe, expect, it } from 'vitest'
import { readSourceTree } from './source-tree.js'

const LINE_LIMIT = 300

/** Files that may be longer, and why. */
const LONGER_FILES: Readonly<Record<string, string>> = {}

/** Words that say nothing of what a file or type is. */
const EMPTY_WORDS = /^(utils?|utilities|helpers?|commons?|managers?|processors?|services?|data|infos?|misc)$/i

/** File names that end in such a word and may, and why. */
const NAMED_DATA: Readonly<Record<string, string>> = {
  'src/dictionary/build/catalogue-data.ts': 'rows to the flat arrays of the catalogue',
  'test/sources/shared-data.ts': 'finds the folder with the releases to test against',
}

/** Words that no type's name ends in; `Data` is left for the flat arrays behind a reader (`TrieData`). */
const EMPTY_TYPE = /(Util|Utils|Helper|Common|Manager|Processor|Service|Info|Misc)$/

const source = readSourceTree(['src', 'workers'])
const programs = [...source, ...readSourceTree(['bench', 'scripts'])]
const everything = [...programs, ...readSourceTree(['test'])]

describe('every file', () => {
  it(`has at most ${LINE_LIMIT} lines`, () => {
    const long = everything.filter(({ path, lineCount }) => lineCount > LINE_LIMIT && !(path in LONGER_FILES))
    expect(long.map(({ path, lineCount }) => `${path}: ${lineCount}`)).toEqual([])
  })

  it('that may be longer is longer', () => {
    const long = everything.filter(({ lineCount }) => lineCount > LINE_LIMIT).map(({ path }) => path)
    expect(Object.keys(LONGER_FILES).filter(path => !long.includes(path))).toEqual([])
  })

  it('has a name in kebab-case', () => {
    const isKebab = (name: string): boolean => /^[a-z0-9]+(-[a-z0-9]+)*(\.test)?\.(ts|mts|mjs)$/.test(name)
    expect(everything.filter(({ path }) => !isKebab(nameOf(path))).map(({ path }) => path)).toEqual([])
  })

  it('and every folder has a name that says what it is', () => {
    const isEmpty = (part: string): boolean =>
      EMPTY_WORDS.test(
        part
          .replace(/(\.test)?\.\w+$/, '')
          .split('-')
          .at(-1) ?? '',
      )
    const named = everything.filter(({ path }) => path.split('/').some(isEmpty) && !(path in NAMED_DATA))
    expect(named.map(({ path }) => path)).toEqual([])
  })

  it('opens with a comment that says what comes in and what goes out', () => {
    expect(programs.filter(file => !file.startsWithComment).map(({ path }) => path)).toEqual([])
  })
})

describe('the source', () => {
  it('has no class that extends anything but Error', () => {
    const heirs = source.flatMap(({ path, classes }) =>
      classes
        .filter(({ base }) => base !== null && base !== 'Error')
        .map(({ name, base }) => `${path}: ${name} extends ${base}`),
    )
    expect(heirs).toEqual([])
  })

  it('has no type with a name that says nothing', () => {
    const named = source.flatMap(({ path, types }) =>
      types.filter(name => EMPTY_TYPE.test(name)).map(name => `${path}: ${name}`),
    )
    expect(named).toEqual([])
  })

  it('throws no bare Error: what a user can cause has a code', () => {
    const bare = source.filter(({ thrown }) => thrown.includes('Error')).map(({ path }) => path)
    expect(bare).toEqual([])
  })
})

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1)
}
