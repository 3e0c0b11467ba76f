/**
 * The rules of a dictionary, made ready for codes. A note has few codes and the tables many rules: for each code it is
 * found once of which rules it is a target, a bit a rule; whether it meets another list is found when a rule asks.
 */
import type { RuleRow } from '../../model/rules.js'
import { wordsOf } from '../../text/words.js'
import { fillTemplate, isTemplate, matchesAny } from './patterns.js'

/** A bit for each of the things counted. */
export type Bits = Uint32Array

/** What is known of a code. */
export interface KnownCode {
  readonly code: string
  /** The rules whose target it is. */
  readonly targetOf: Bits
  /** The lists of patterns that were asked about, and those of them that it meets. */
  readonly asked: Bits
  readonly met: Bits
}

/** A list of code patterns. */
export type PatternList =
  | { readonly kind: 'fixed'; readonly bit: number; readonly patterns: readonly string[] }
  /** Its patterns take characters of the target's code. */
  | { readonly kind: 'template'; readonly filledFor: (target: string) => readonly string[] }

export interface Rule {
  readonly row: RuleRow
  /** In the tables. */
  readonly place: number
  readonly with: readonly PatternList[]
  readonly unless: PatternList
}

export interface RuleBook {
  /** In the order of the tables. */
  readonly rules: readonly Rule[]
  readonly known: (code: string) => KnownCode
  /** Ids of each wording of a rule; wordings with a word that no phrase holds are left out. */
  readonly wordingsOf: (rule: RuleRow) => readonly (readonly number[])[]
}

export function createRuleBook(rows: readonly RuleRow[], wordId: (word: string) => number): RuleBook {
  let lists = 0
  const listOf = (patterns: readonly string[]): PatternList =>
    patterns.some(isTemplate)
      ? { kind: 'template', filledFor: rememberFilled(patterns) }
      : { kind: 'fixed', bit: lists++, patterns }
  const rules = rows.map((row, place): Rule => ({
    row,
    place,
    with: row.with.map(listOf),
    unless: listOf(row.unless),
  }))
  const known = new Map<string, KnownCode>()
  const wordings = new Map<RuleRow, readonly (readonly number[])[]>()
  return {
    rules,
    known: code =>
      remembered(known, code, () => ({
        code,
        targetOf: findTargets(code, rows),
        asked: createBits(lists),
        met: createBits(lists),
      })),
    wordingsOf: rule =>
      remembered(wordings, rule, () =>
        rule.words
          .map(wording => wordsOf(wording).map(wordId))
          .filter(ids => ids.length > 0 && !ids.includes(0)),
      ),
  }
}

/** Whether a code meets a list, for a target's code. */
export function meets({ code, asked, met }: KnownCode, list: PatternList, target: string): boolean {
  if (list.kind === 'template') return matchesAny(list.filledFor(target), code)
  if (!hasBit(asked, list.bit)) {
    setBit(asked, list.bit)
    if (matchesAny(list.patterns, code)) setBit(met, list.bit)
  }
  return hasBit(met, list.bit)
}

function rememberFilled(patterns: readonly string[]): (target: string) => readonly string[] {
  const known = new Map<string, readonly string[]>()
  return target => remembered(known, target, () => patterns.map(pattern => fillTemplate(pattern, target)))
}

function findTargets(code: string, rows: readonly RuleRow[]): Bits {
  const bits = createBits(rows.length)
  rows.forEach(({ target }, place) => {
    if (matchesAny(target, code)) setBit(bits, place)
  })
  return bits
}

const LOG2_OF_WORD = 5
const WORD = 1 << LOG2_OF_WORD

export function createBits(count: number): Bits {
  return new Uint32Array(Math.ceil(count / WORD))
}

function setBit(bits: Bits, at: number): void {
  const word = at >>> LOG2_OF_WORD
  bits[word] = (bits[word] as number) | (1 << (at & (WORD - 1)))
}

export function hasBit(bits: Bits, at: number): boolean {
  return (((bits[at >>> LOG2_OF_WORD] as number) >>> (at & (WORD - 1))) & 1) === 1
}

function remembered<Key, Value>(known: Map<Key, Value>, key: Key, find: () => Value): Value {
  const seen = known.get(key)
  if (seen !== undefined) return seen
  const found = find()
  known.set(key, found)
  return found
}
