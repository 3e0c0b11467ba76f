/** Names that mean something to JavaScript objects, in every place where a name comes from outside: they are names. */
import { describe, expect, it } from 'vitest'
import { zipOf } from '../sources/invented-zip.js'
import { file } from '../cli/run-program.js'
import { readInput } from '../support/read-input.js'

const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '__defineGetter__',
  'valueOf',
] as const
const base64 = Buffer.from('Gout.').toString('base64')

const PLACES: readonly (readonly [string, (name: string) => Promise<unknown[]>])[] = [
  ['the id of a line of NDJSON', name => readInput('n.ndjson', `{"id":"${name}","text":"Gout."}`)],
  [
    'keys of a line of NDJSON',
    name =>
      readInput(
        'n.ndjson',
        `{"${name}":{"polluted":1},"id":"n","text":"Gout.","patient":{"${name}":{"polluted":1},"sex":"F"}}`,
      ),
  ],
  [
    'nested keys of a line of NDJSON',
    name =>
      readInput(
        'n.ndjson',
        `{"id":"n","text":"Gout.","constructor":{"prototype":{"${name}":1,"polluted":1}}}`,
      ),
  ],
  ['the id of a row', name => readInput('n.csv', `id,text\n${name},Gout.\n`)],
  ['a column', name => readInput('n.csv', `text,${name},${name}.polluted\nGout.,1,1\n`)],
  ['a column of a TSV', name => readInput('n.tsv', `text\t${name}\nGout.\tpolluted\n`)],
  [
    'the id and keys of a FHIR resource',
    name =>
      readInput(
        'n.fhir.ndjson',
        `{"${name}":{"polluted":1},"resourceType":"DocumentReference","id":"${name}","extension":[{"url":"${name}","valueString":"polluted"}],` +
          `"contained":[{"resourceType":"Patient","id":"${name}","${name}":{"polluted":1},"gender":"female"}],"subject":{"reference":"#${name}"},` +
          `"content":[{"attachment":{"contentType":"text/plain","data":"${base64}"}}]}`,
      ),
  ],
  [
    'a reference within a Bundle',
    name =>
      readInput(
        'n.ndjson',
        `{"resourceType":"Bundle","entry":[{"fullUrl":"${name}","resource":{"resourceType":"Encounter","id":"${name}"}},` +
          `{"resource":{"resourceType":"DiagnosticReport","id":"r","subject":{"reference":"${name}"},"encounter":{"reference":"${name}"},"conclusion":"Gout."}}]}`,
      ),
  ],
  [
    'coded fields of an HL7 message',
    name =>
      readInput(
        'n.hl7',
        `MSH|^~\\&|A|${name}|||20260101||MDM^T02|${name}|P|2.5\rPID|1||${name}||||${name}|${name}\rPV1|1|${name}\rTXA|1|${name}|TX||||||${name}\rOBX|1|TX|a&${name}||Gout.\r`,
      ),
  ],
  [
    'names and values of a C-CDA document',
    name =>
      readInput(
        'n.xml',
        `<ClinicalDocument xmlns="urn:hl7-org:v3" ${name}="polluted"><id extension="${name}"/><${name}>x</${name}>` +
          `<component><structuredBody><component><section><text>Gout.<${name}/></text></section></component></structuredBody></component></ClinicalDocument>`,
      ),
  ],
  [
    'a member of a zip',
    name => {
      const content = zipOf([{ name: `${name}.txt`, content: 'Gout.' }])
      return readInput(name, content, { kind: 'zip', path: file('p.zip', content) })
    },
  ],
]

describe('a name that objects have', () => {
  const cases = PLACES.flatMap(([place, read]) => NAMES.map(name => ({ place, name, read })))

  it.each(cases)('$name as $place: one note, nothing polluted', async ({ name, read }) => {
    const before = Object.getOwnPropertyNames(Object.prototype)
    const notes = await read(name)
    expect(notes).toHaveLength(1)
    expect(notes[0]).toMatchObject({ text: 'Gout.' })
    for (const key of Object.keys(notes[0] as object))
      expect(['id', 'text', 'setting', 'dateOfService', 'patient', 'facility', 'type', 'author']).toContain(
        key,
      )
    expect({}).not.toHaveProperty('polluted')
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
  })

  it('is the id where it stands as one', async () => {
    for (const name of NAMES) expect(await PLACES[0]?.[1](name)).toEqual([{ id: name, text: 'Gout.' }])
  })
})
