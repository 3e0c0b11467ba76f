/**
 * The case tables of the context stage, `test/cases/*.csv`: a note in a few words with the mention in double
 * brackets, what is expected of it, and why. `\n`, `\t` and `\r` stand for themselves escaped.
 *
 *   group,why,text,expected
 *   what lies in the past,'history of',History of [[breast cancer]].,temporality=historical
 *
 * `expected` names the attributes that differ from those of an unmarked mention; all are compared.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { assertSpan } from '../../src/context/assert-span.js'
import type { Assertion } from '../../src/model/assertion.js'
import { createContextKit } from './context-kit.js'

export type Attributes = Omit<Assertion, 'cues'>

export interface AssertionCase {
  readonly table: string
  readonly group: string
  readonly why: string
  readonly text: string
  readonly expected: Attributes
}

const FOLDER = join(import.meta.dirname, '../cases')
const COLUMNS = ['group', 'why', 'text', 'expected']
const UNMARKED: Attributes = {
  presence: 'present',
  certainty: 'confirmed',
  temporality: 'current',
  experiencer: 'patient',
}

/** `folder`: below `test/cases`; those in `open` are what the context stage does not read yet. */
export function readCases(folder = '.'): AssertionCase[] {
  const place = join(FOLDER, folder)
  return readdirSync(place)
    .filter(file => file.endsWith('.csv'))
    .flatMap(file => {
      const [header, ...rows] = parse(readFileSync(join(place, file), 'utf8'))
      if (header?.join() !== COLUMNS.join()) throw new Error(`${file}: the columns are ${COLUMNS.join()}`)
      return rows.map(([group = '', why = '', text = '', expected = '']) => ({
        table: file.replace('.csv', ''),
        group,
        why,
        text: text.replace(/\\([ntr\\])/g, (_, letter: string) => ESCAPED[letter] as string),
        expected: { ...UNMARKED, ...readExpected(expected) },
      }))
    })
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\' }

/** `experiencer=family relative=half_sister` → attributes. */
function readExpected(cell: string): Partial<Attributes> {
  const pairs = cell.split(' ').filter(pair => pair !== '')
  return Object.fromEntries(
    pairs.map(pair => {
      const [name = '', value = ''] = pair.split('=')
      if (value === '' || !(name in UNMARKED || name === 'relative')) throw new Error(`expected: ${pair}`)
      return [name, value.replaceAll('_', ' ')]
    }),
  )
}

const kit = createContextKit()

/** The assertion of the mention between `[[` and `]]`. */
export function assertMarked(marked: string): Assertion {
  const start = marked.indexOf('[[')
  const end = marked.indexOf(']]') - 2
  const document = kit.read(marked.replace('[[', '').replace(']]', ''))
  return assertSpan(document, kit.findScopes(document), { start, end })
}
