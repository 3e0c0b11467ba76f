/**
 * The rules of a dictionary, made ready once. A note has few codes and the tables many rules: for each code it is
 * found once which lists of patterns it meets, a bit a list, and a rule asks for bits.
 */
import type { RuleRow } from '../../model/rules.js'
import { wordsOf } from '../../text/words.js'
import { fillTemplate, isTemplate, matchesAny } from './patterns.js'

/** Which lists of the book a code meets. */
export type Met = Uint32Array

/** A list of code patterns. */
export type PatternList =
  | { readonly kind: 'fixed'; readonly bit: number }
  /** Its patterns take characters of the target's code. */
  | { readonly kind: 'template'; readonly filledFor: (target: string) => readonly string[] }

export interface Rule {
  readonly row: RuleRow
  /** Bit of the list of its targets: its place in the tables. */
  readonly target: number
  readonly with: readonly PatternList[]
  readonly unless: PatternList
}

export interface RuleBook {
  /** In the order of the tables. */
  readonly rules: readonly Rule[]
  readonly metBy: (code: string) => Met
  /** Ids of each wording of a rule; wordings with a word that no phrase holds are left out. */
  readonly wordingsOf: (rule: RuleRow) => readonly (readonly number[])[]
}

export function createRuleBook(rows: readonly RuleRow[], wordId: (word: string) => number): RuleBook {
  const lists = rows.map(({ target }) => target)
  const listOf = (patterns: readonly string[]): PatternList =>
    patterns.some(isTemplate)
      ? { kind: 'template', filledFor: rememberFilled(patterns) }
      : { kind: 'fixed', bit: lists.push(patterns) - 1 }
  const rules = rows.map((row, target): Rule => ({
    row,
    target,
    with: row.with.map(listOf),
    unless: listOf(row.unless),
  }))
  const known = new Map<string, Met>()
  const wordings = new Map<RuleRow, readonly (readonly number[])[]>()
  return {
    rules,
    metBy: code => remembered(known, code, () => findMet(code, lists)),
    wordingsOf: rule =>
      remembered(wordings, rule, () =>
        rule.words
          .map(wording => wordsOf(wording).map(wordId))
          .filter(ids => ids.length > 0 && !ids.includes(0)),
      ),
  }
}

function rememberFilled(patterns: readonly string[]): (target: string) => readonly string[] {
  const known = new Map<string, readonly string[]>()
  return target => remembered(known, target, () => patterns.map(pattern => fillTemplate(pattern, target)))
}

function findMet(code: string, lists: readonly (readonly string[])[]): Met {
  const met = new Uint32Array(Math.ceil(lists.length / BITS))
  lists.forEach((patterns, bit) => {
    const word = bit >>> LOG2_OF_BITS
    if (matchesAny(patterns, code)) met[word] = (met[word] as number) | (1 << (bit & (BITS - 1)))
  })
  return met
}

const LOG2_OF_BITS = 5
const BITS = 1 << LOG2_OF_BITS

export function hasBit(met: Met, bit: number): boolean {
  return (((met[bit >>> LOG2_OF_BITS] as number) >>> (bit & (BITS - 1))) & 1) === 1
}

function remembered<Key, Value>(known: Map<Key, Value>, key: Key, find: () => Value): Value {
  const seen = known.get(key)
  if (seen !== undefined) return seen
  const found = find()
  known.set(key, found)
  return found
}
