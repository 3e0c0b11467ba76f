/**
 * Documents that are made to do harm: each is refused, or read as what it says, within 500 ms; none reads a
 * file, opens a connection, or leaves anything on an object's prototype.
 */
import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outcomeOf, readInput } from '../support/read-input.js'
import { temporaryDirectory } from '../cli/run-program.js'

const CANARY = 'Quixotina'
const canaryFile = path.join(temporaryDirectory(), 'canary.txt')
let trap: Server
let visits = 0
let address = ''

beforeAll(async () => {
  writeFileSync(canaryFile, CANARY)
  trap = createServer((_, response) => {
    visits += 1
    response.end(CANARY)
  })
  await new Promise<void>(resolve => trap.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/x`
})
afterAll(() => {
  trap.close()
})

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
const document = (text: string, { before = '', root = '' } = {}): string =>
  `${DECLARATION}${before}<ClinicalDocument xmlns="urn:hl7-org:v3"${root}><component><structuredBody><component>` +
  `<section><title>Plan</title><text>${text}</text></section></component></structuredBody></component></ClinicalDocument>`
const doctype = (inside: string): string => `<!DOCTYPE ClinicalDocument [${inside}]>`
const lol = Array.from(
  { length: 9 },
  (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`,
).join('')

const ATTACKS: readonly (readonly [string, () => string | Uint8Array, string])[] = [
  [
    'an external entity of a file',
    () => document('&x;', { before: doctype(`<!ENTITY x SYSTEM "file://${canaryFile}">`) }),
    'input-document',
  ],
  [
    'an external entity of an address',
    () => document('&x;', { before: doctype(`<!ENTITY x SYSTEM "${address}">`) }),
    'input-document',
  ],
  [
    'an external parameter entity',
    () => document('a', { before: doctype(`<!ENTITY % x SYSTEM "${address}"> %x;`) }),
    'input-document',
  ],
  [
    'an external DTD',
    () => document('a', { before: `<!DOCTYPE ClinicalDocument SYSTEM "${address}">` }),
    'input-document',
  ],
  [
    'an internal DTD that does no harm',
    () => document('a', { before: doctype('<!ELEMENT a ANY>') }),
    'input-document',
  ],
  [
    'billion laughs',
    () => document('&l9;', { before: doctype(`<!ENTITY l0 "lol">${lol}`) }),
    'input-document',
  ],
  [
    'quadratic blow-up',
    () => document('&a;'.repeat(50_000), { before: doctype(`<!ENTITY a "${'x'.repeat(50_000)}">`) }),
    'input-document',
  ],
  ['an entity that is not declared', () => document('&canary;'), 'input-document'],
  ['elements 100,000 deep', () => document('<content>'.repeat(100_000)), 'input-document'],
  [
    'a million attributes',
    () => `${DECLARATION}<ClinicalDocument xmlns="urn:hl7-org:v3"${' a="1"'.repeat(1_000_000)}/>`,
    'input-document',
  ],
  [
    'a stylesheet and an include',
    () =>
      document(`<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://${canaryFile}"/>gout`, {
        before: `<?xml-stylesheet type="text/xsl" href="${address}"?>`,
        root: ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:hl7-org:v3 ${address}"`,
      }),
    'Plan\ngout',
  ],
  ['UTF-7', () => document('+ADw-script+AD4-').replace('UTF-8', 'UTF-7'), 'input-encoding'],
  [
    'UTF-16 that calls itself UTF-8',
    () => Buffer.from(`\ufeff${document('gout')}`, 'utf16le'),
    'input-encoding',
  ],
  ['UTF-16 without a mark', () => Buffer.from(document('gout'), 'utf16le'), 'input-document'],
  [
    'keys of prototypes as names',
    () =>
      document('<content __proto__="x" constructor="y"><__proto__ polluted="1">gout</__proto__></content>', {
        root: ' xmlns:__proto__="urn:x" __proto__:polluted="1"',
      }),
    'Plan\ngout',
  ],
  ['an attribute twice', () => document('<content a="1" a="2">x</content>'), 'input-document'],
  ['a prefix of no namespace', () => document('<x:content>y</x:content>'), 'input-document'],
  ['a root of another kind', () => `${DECLARATION}<html>gout</html>`, 'input-document'],
]

describe('a hostile document', () => {
  it.each(ATTACKS)('with %s', async (_, write, outcome) => {
    const content = write()
    const started = performance.now()
    const read = await readInput('n.xml', content)
    expect(performance.now() - started).toBeLessThan(500)
    expect(read.map(outcomeOf)).toEqual([outcome])
    expect(JSON.stringify(read)).not.toContain(CANARY)
    expect(visits).toBe(0)
    expect({}).not.toHaveProperty('polluted')
  })

  it('with two million numeric references is read within its limits', async () => {
    const before = process.memoryUsage().rss
    const started = performance.now()
    const [note] = await readInput('n.xml', document('&#65;'.repeat(2_000_000)))
    // Alone it takes half a second; a busy machine is given room.
    expect(performance.now() - started).toBeLessThan(4000)
    expect(outcomeOf(note)).toHaveLength(2_000_005)
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 * 1024)
  })

  it('over 20 MB is refused unread', async () => {
    const read = await readInput('n.xml', document('x'.repeat(20 * 1024 * 1024)))
    expect(read.map(outcomeOf)).toEqual(['input-size'])
  })

  it('of 150 nested lists is read: real narrative is far below the limit', async () => {
    const [note] = await readInput(
      'n.xml',
      document(`${'<list><item>'.repeat(75)}gout${'</item></list>'.repeat(75)}`),
    )
    expect(outcomeOf(note)).toMatch(/- gout$/)
  })
})
