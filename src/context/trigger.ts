/**
 * A row of the trigger table as the passes over a note need it: bits instead of names. Rows are compiled when
 * they are first met, so that a context costs nothing to create.
 */
import type { PhraseTable, TriggerCategory, TriggerChain, TriggerRow } from '../model/dictionary.js'
import { wordsOf } from '../text/words.js'
import { AXES, AXIS_OF, BACKWARD, classBits, FORWARD } from './axes.js'

export const CHAIN: Readonly<Record<TriggerChain, number>> = { none: 0, pair: 1, list: 2 }

export interface Trigger {
  readonly row: TriggerRow
  /** Axes that it sets, a bit each. */
  readonly axes: number
  /** What it says on each axis that it sets. */
  readonly saysOn: readonly (TriggerCategory | undefined)[]
  /** Its categories, as a cue names them. */
  readonly category: string
  /** {@link FORWARD} and {@link BACKWARD}, as the row says. */
  readonly direction: number
  readonly window: number
  readonly chain: number
  /** Classes that end its scope, and classes that it belongs to. */
  readonly stops: number
  readonly classes: number
  /** Length of each word, by which spellings that fold to the same id are told apart. */
  readonly wordLengths: readonly number[]
  readonly homographs: readonly Trigger[]
  /** Neither spelling nor layout changes what the row says: the way of most hits. */
  readonly isPlain: boolean
}

export function compileTrigger(row: TriggerRow): Trigger {
  let axes = 0
  for (const category of row.categories) if (AXIS_OF[category] >= 0) axes |= 1 << AXIS_OF[category]
  const both = row.direction === 'both'
  const isPlain =
    !row.isFieldValue &&
    !row.isExact &&
    !row.needsHyphen &&
    !row.needsNumber &&
    !row.opensItem &&
    row.direction !== 'dated' &&
    row.homographs === undefined &&
    row.direction !== 'either' &&
    !/^\W$/.test(row.phrase)
  return {
    row,
    axes,
    saysOn: AXES.map((_, axis) => row.categories.find(category => AXIS_OF[category] === axis)),
    category: row.categories.join('+'),
    isPlain,
    direction:
      (both || row.direction === 'forward' ? FORWARD : 0) |
      (both || row.direction === 'backward' ? BACKWARD : 0),
    window: row.window,
    chain: CHAIN[row.chain],
    stops: classBits(row.stops),
    classes: classBits(row.classes),
    wordLengths: wordsOf(row.phrase).map(word => word.length),
    homographs: (row.homographs ?? NONE).map(compileTrigger),
  }
}

const NONE: readonly TriggerRow[] = []

/** Row number → compiled trigger. */
export function createTriggers(table: PhraseTable<TriggerRow>): (row: number) => Trigger {
  const known: (Trigger | undefined)[] = []
  return row => (known[row] ??= compileTrigger(table.row(row)))
}

/** Signs of the layout, which are no words and so no rows of the table. */
function sign(rule: string, category: 'negated' | 'affirmed', direction: 'forward' | 'backward'): Trigger {
  return compileTrigger({
    rule,
    phrase: rule,
    categories: [category],
    direction,
    isFieldValue: false,
    opensItem: false,
    window: 6,
    chain: 'none',
    stops: [],
    classes: [],
    isExact: false,
    needsHyphen: false,
    needsNumber: false,
  })
}

export const SIGNS = {
  /** `-SOB`, `(-) fever` */
  minusBefore: sign('layout.minus', 'negated', 'forward'),
  /** `fever -,`, `fever (-)` */
  minusBehind: sign('layout.minus-behind', 'negated', 'backward'),
  /** `[ ] fever` */
  uncheckedBefore: sign('layout.box-unchecked', 'negated', 'forward'),
  checkedBefore: sign('layout.box-checked', 'affirmed', 'forward'),
  /** `fever [ ]` */
  uncheckedBehind: sign('layout.box-unchecked-behind', 'negated', 'backward'),
  checkedBehind: sign('layout.box-checked-behind', 'affirmed', 'backward'),
} as const
