/** The library entry does what the program does, and its declarations are those of its exports. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { isBuilt, temporaryDirectory } from '../cli/run-program.js'

const DIST = path.join(import.meta.dirname, '..', '..', 'dist')
type Library = typeof import('../../src/index.js')

it.skipIf(!isBuilt)('a program can open the dictionaries, take an engine for a date and detect', async () => {
  const library = (await import(path.join(DIST, 'index.js'))) as Library
  const { findDictionaries, createEngines, detect, parseNoteObject, DEFAULT_OPTIONS, ENGINE_VERSION } =
    library
  const engines = createEngines(await findDictionaries({ dataDirectory: temporaryDirectory() }))
  const note = parseNoteObject({ id: 'n', text: 'Assessment: type 2 diabetes.' }, 1)
  if ('error' in note) throw new Error(note.error.message)
  const result = detect(note, await engines.forDate('2026-02-10'), DEFAULT_OPTIONS, ENGINE_VERSION)
  expect(result.candidates.map(({ code }) => code)).toEqual(['E11.9'])
})

it.skipIf(!isBuilt)('package.json points at the entry and its declarations', () => {
  const root = path.join(DIST, '..')
  const { exports, bin } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    exports: { '.': { types: string; import: string } }
    bin: { chartcode: string }
  }
  for (const file of [exports['.'].types, exports['.'].import, bin.chartcode])
    expect(existsSync(path.join(root, file))).toBe(true)
  expect(readFileSync(path.join(root, exports['.'].types), 'utf8')).toMatch(/findDictionaries/)
})
