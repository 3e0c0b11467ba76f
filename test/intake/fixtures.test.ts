/**
 * Files as other systems write them, with people that nobody knows: HL7 v2 after the examples of v2.5.1,
 * chapters 2, 7 and 9; C-CDA after the sections of R2.1; FHIR after the examples of R4. What comes out of each
 * stands in `fixtures/expected.json`, and does not depend on how the file was cut into chunks.
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readInput } from '../support/read-input.js'

const DIRECTORY = path.join(import.meta.dirname, 'fixtures')
const expected = JSON.parse(readFileSync(path.join(DIRECTORY, 'expected.json'), 'utf8')) as Readonly<
  Record<string, readonly unknown[]>
>
const fixtures = ['ccda', 'fhir', 'hl7'].flatMap(folder =>
  readdirSync(path.join(DIRECTORY, folder))
    .sort()
    .map(name => `${folder}/${name}`),
)

describe('files of other systems', () => {
  it('are at least five a format, and what comes of each is written down', () => {
    for (const format of ['ccda', 'fhir', 'hl7'])
      expect(fixtures.filter(name => name.startsWith(`${format}/`)).length).toBeGreaterThanOrEqual(5)
    expect(Object.keys(expected)).toEqual(fixtures)
  })

  it.each(fixtures)('%s', async name => {
    const bytes = readFileSync(path.join(DIRECTORY, name))
    expect(await readInput(name, bytes)).toEqual(expected[name])
  })

  it.each(fixtures)('%s, one byte at a time', async name => {
    const bytes = readFileSync(path.join(DIRECTORY, name))
    const chunks = Array.from(bytes, byte => Uint8Array.of(byte))
    expect(await readInput(name, chunks)).toEqual(expected[name])
  })
})
