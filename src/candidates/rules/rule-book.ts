/**
 * The rules of a dictionary, made ready once: which of them a code is the target of, and the words that they demand
 * as ids. A note has few codes and the tables many rules.
 */
import type { RuleRow } from '../../model/rules.js'
import { wordsOf } from '../../text/words.js'
import { matchesAny } from './patterns.js'

export interface RuleBook {
  readonly rows: readonly RuleRow[]
  /** Places of the rules whose target a code is, ascending. */
  readonly rulesFor: (code: string) => readonly number[]
  /** Ids of each wording of a rule; wordings with a word that no phrase holds are left out. */
  readonly wordingsOf: (rule: RuleRow) => readonly (readonly number[])[]
}

export function createRuleBook(rows: readonly RuleRow[], wordId: (word: string) => number): RuleBook {
  const known = new Map<string, readonly number[]>()
  const wordings = new Map<RuleRow, readonly (readonly number[])[]>()
  return {
    rows,
    rulesFor: code =>
      remembered(known, code, () =>
        rows.flatMap(({ target }, place) => (matchesAny(target, code) ? [place] : [])),
      ),
    wordingsOf: rule =>
      remembered(wordings, rule, () =>
        rule.words
          .map(wording => wordsOf(wording).map(wordId))
          .filter(ids => ids.length > 0 && !ids.includes(0)),
      ),
  }
}

function remembered<Key, Value>(known: Map<Key, Value>, key: Key, find: () => Value): Value {
  const seen = known.get(key)
  if (seen !== undefined) return seen
  const found = find()
  known.set(key, found)
  return found
}
