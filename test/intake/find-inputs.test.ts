/** Paths of the command line → files in a fixed order, each with the id its note would have. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { findInputs } from '../../src/intake/find-inputs.js'
import { kindOfFile } from '../../src/intake/input-kind.js'

function tree(...names: readonly string[]): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'chartcode-inputs-'))
  for (const name of names) {
    mkdirSync(path.dirname(path.join(directory, name)), { recursive: true })
    writeFileSync(path.join(directory, name), name)
  }
  return directory
}

describe('findInputs', () => {
  it('searches a directory at any depth, sorted, and calls a note by its path below it', () => {
    const directory = tree('b.txt', 'a/z.TXT', 'a/b.csv', 'readme.md', 'c.jsonl')
    expect(findInputs([directory]).map(({ id, kind }) => [id, kind])).toEqual([
      ['a/b.csv', 'csv'],
      ['a/z.TXT', 'text'],
      ['b.txt', 'text'],
      ['c.jsonl', 'ndjson'],
    ])
  })

  it('takes a named file whatever its ending, under the name it was given', () => {
    const file = path.join(tree('note.md'), 'note.md')
    expect(findInputs([file])).toMatchObject([{ path: file, id: file, kind: 'text', size: 7 }])
  })

  it('refuses what is not there and a directory without notes', () => {
    expect(() => findInputs(['/nowhere/x'])).toThrow(/there is no such file/)
    expect(() => findInputs([tree('readme.md')])).toThrow(/holds no file that ends with \.txt/)
  })
})

it.each([
  ['a.ndjson', 'ndjson'],
  ['a.JSONL', 'ndjson'],
  ['a.csv', 'csv'],
  ['a.txt', 'text'],
  ['a', 'text'],
  ['a.ndjson/b', 'text'],
])('the ending of %s says %s', (name, kind) => {
  expect(kindOfFile(name)).toBe(kind)
})
