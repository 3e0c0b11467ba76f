/**
 * `dictionaries/triggers.csv` → typed rows. Blank cells take the defaults of the category; a phrase that
 * starts with `=` is taken in this spelling only, one that starts with `-` needs the hyphen, `{number}` at the
 * end demands a number, and `{year}` stands for each year that a note can name.
 */
import {
  TERMINATOR_CLASSES,
  TRIGGER_CATEGORIES,
  TRIGGER_CHAINS,
  TRIGGER_DIRECTIONS,
  type TerminatorClass,
  type TriggerCategory,
  type TriggerChain,
  type TriggerRow,
} from '../../model/dictionary.js'
import { wordsOf } from '../../text/words.js'
import { listOf, readCsv, refuse, type CsvRow } from './csv.js'

const COLUMNS = [
  'rule',
  'phrase',
  'category',
  'direction',
  'window',
  'chain',
  'stops',
  'detail',
  'why',
] as const
type Row = CsvRow<(typeof COLUMNS)[number]>

interface Defaults {
  readonly window: number
  readonly chain: TriggerChain
  readonly stops: readonly TerminatorClass[]
}

const CLAUSE: readonly TerminatorClass[] = ['contrast', 'report', 'relative', 'subject', 'verb']
const NOTHING: Defaults = { window: 0, chain: 'none', stops: [] }
const SURE: Defaults = { window: 6, chain: 'list', stops: CLAUSE }
const UNSURE: Defaults = { window: 6, chain: 'pair', stops: CLAUSE }
const PERSON: Defaults = { window: 12, chain: 'list', stops: ['patient', 'report'] }

const DEFAULTS: Readonly<Record<TriggerCategory, Defaults>> = {
  negated: { window: 8, chain: 'list', stops: [...CLAUSE, 'cause', 'after', 'article'] },
  affirmed: SURE,
  probable: UNSURE,
  possible: UNSURE,
  confirmed: UNSURE,
  hypothetical: { window: 20, chain: 'list', stops: ['consequence'] },
  historical: { window: 8, chain: 'list', stops: [...CLAUSE, 'time'] },
  current: SURE,
  family: PERSON,
  donor: PERSON,
  other: PERSON,
  pseudo: NOTHING,
  passive: NOTHING,
  terminator: NOTHING,
}

export function readTriggers(file: string): TriggerRow[] {
  const rules = new Map<string, number>()
  const phrases = new Map<string, number>()
  return readCsv(file, COLUMNS).flatMap(row => {
    claim(rules, row.cells.rule, row, 'rule')
    claim(phrases, wordsOf(bare(row.cells.phrase)).join(' '), row, 'phrase')
    const trigger = triggerOf(row)
    return trigger.phrase === YEAR ? YEARS.map(phrase => ({ ...trigger, phrase })) : trigger
  })
}

const YEAR = '{year}'
/** Records whose dates were shifted for research lie in the next century. */
const YEARS = Array.from({ length: 300 }, (_, i) => String(1900 + i))
const NUMBER = / \{number\}$/

/**
 * Rows whose words fold to the same ids become one, which keeps the others as homographs where they act
 * differently. `keyOf`: a phrase as the trie will see it.
 */
export function mergeHomographs(
  rows: readonly TriggerRow[],
  keyOf: (phrase: string) => string,
): TriggerRow[] {
  const groups = new Map<string, TriggerRow[]>()
  for (const row of rows) {
    const key = keyOf(row.phrase)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return [...groups.values()].map(group => {
    const [first, ...others] = group as [TriggerRow, ...TriggerRow[]]
    const homographs = others.filter(row => actsOf(row) !== actsOf(first))
    return homographs.length === 0 ? first : { ...first, homographs }
  })
}

function actsOf({ categories, direction, window, chain, classes, isExact }: TriggerRow): string {
  return JSON.stringify([categories, direction, window, chain, classes, isExact])
}

function triggerOf(row: Row): TriggerRow {
  const { rule, phrase, window, chain, stops, detail } = row.cells
  const categories = row.cells.category
    .split('+')
    .map(name => oneOf(TRIGGER_CATEGORIES, name, row, 'category'))
  const defaults = DEFAULTS[categories[0] as TriggerCategory]
  const [direction = '', ...further] = row.cells.direction.split('+')
  if (further.some(name => name !== 'field' && name !== 'opening'))
    refuse(row, `direction ${row.cells.direction}`)
  if (row.cells.why === '') refuse(row, 'no why')
  const isPerson = categories.some(
    category => category === 'family' || category === 'donor' || category === 'other',
  )
  const classes = isPerson ? [] : listOf(detail).map(name => oneOf(TERMINATOR_CLASSES, name, row, 'class'))
  return {
    rule,
    phrase: bare(phrase),
    categories,
    direction: oneOf(TRIGGER_DIRECTIONS, direction, row, 'direction'),
    isFieldValue: further.includes('field') || direction === 'field',
    opensItem: further.includes('opening'),
    window: window === '' ? defaults.window : wholeNumber(window, row),
    chain: chain === '' ? defaults.chain : oneOf(TRIGGER_CHAINS, chain, row, 'chain'),
    stops:
      stops === ''
        ? defaults.stops
        : listOf(stops).map(name => oneOf(TERMINATOR_CLASSES, name, row, 'class')),
    classes,
    isExact: phrase.startsWith('='),
    needsHyphen: phrase.startsWith('-'),
    needsNumber: NUMBER.test(phrase),
    ...(isPerson && detail !== '' ? { relative: detail } : {}),
  }
}

function bare(phrase: string): string {
  return phrase.replace(/^[=-]/, '').replace(NUMBER, '')
}

function claim(seen: Map<string, number>, key: string, row: Row, what: string): void {
  if (key === '') refuse(row, `no ${what}`)
  const before = seen.get(key)
  if (before !== undefined) refuse(row, `the ${what} ${key} stands in line ${before} too`)
  seen.set(key, row.line)
}

function oneOf<Name extends string>(names: readonly Name[], name: string, row: Row, what: string): Name {
  const found = names.find(known => known === name)
  return found ?? refuse(row, `unknown ${what} ${name}; one of ${names.join(', ')}`)
}

function wholeNumber(cell: string, row: Row): number {
  return /^\d{1,3}$/.test(cell) ? Number(cell) : refuse(row, `window ${cell} is no number of tokens`)
}
