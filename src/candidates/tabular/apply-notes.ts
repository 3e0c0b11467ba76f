/** What the notes of the tabular list do to the candidates that the rules have left. */
import type { Document } from '../../model/document.js'
import type { Catalogue } from '../../model/dictionary.js'
import type { Finding, NotCoded } from '../../model/result.js'
import type { TabularNotes } from '../../model/tabular.js'
import { giveUp, type Gathered } from '../gather.js'
import { withNotes, type Coded } from './coded.js'
import { findExcluded } from './excludes.js'
import { findMissingEtiology, findSequence } from './sequence.js'

export interface NotedParts {
  readonly document: Document
  readonly catalogue: Catalogue
  readonly tabularNotes: TabularNotes
}

export interface Noted {
  readonly kept: readonly Gathered[]
  /** Those kept, with their notes. */
  readonly coded: readonly Coded[]
  readonly lines: readonly NotCoded[]
  readonly findings: readonly Finding[]
  /** Pairs of codes of which the first stands before the second. */
  readonly order: readonly (readonly [first: string, second: string])[]
}

export function applyNotes(
  gathered: readonly Gathered[],
  { document, catalogue, tabularNotes }: NotedParts,
): Noted {
  const all = withNotes(gathered, catalogue, tabularNotes)
  const { losers, findings } = findExcluded(all)
  const lost = new Set(losers.map(({ loser }) => loser))
  const coded = all.filter(one => !lost.has(one.gathered))
  return {
    kept: lost.size === 0 ? gathered : gathered.filter(one => !lost.has(one)),
    coded,
    lines: losers.flatMap(({ loser, by, rule }) => giveUp(loser, document, 'excludes1', { by, rule })),
    findings: [...findings, ...findMissingEtiology(coded)],
    order: findSequence(coded),
  }
}
