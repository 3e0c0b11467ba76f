/**
 * The stage "context": a document in, its scopes out, computed once; then any mention is asked for its
 * assertion. Fixed order: find the triggers, join persons, walk the scopes, and for a mention
 * forward before backward, definite before possible, words before the section.
 */
import type { Assertion } from '../model/assertion.js'
import type { PhraseTable, SectionMeaning, SectionRow, TriggerRow } from '../model/dictionary.js'
import { GAP, type Document } from '../model/document.js'
import { indexSections } from '../text/section-at.js'
import { createAssertionOf, type ScopeTables } from './assertion-of.js'
import { AXES, BACKWARD, FORWARD } from './axes.js'
import { findHits } from './find-hits.js'
import { Hits } from './hits.js'
import { Intervals } from './intervals.js'
import { joinPersons } from './persons.js'
import { startOfScope } from './scope-backward.js'
import { endOfScope } from './scope-forward.js'
import { createMeanings, type MeaningOf } from './section-meanings.js'
import { createTriggers, type Trigger } from './trigger.js'

export interface ContextParts {
  readonly triggers: PhraseTable<TriggerRow>
  readonly sections: readonly SectionRow[]
  /** Ids of the words that name parts of the body. */
  readonly bodyParts: ReadonlySet<number>
}

/** Scopes of one document; valid until the same finder reads another one. Read again with more sentences wanted, the earlier ones still hold. */
export interface Scopes {
  /** Of the mention in the tokens `[firstToken, endToken)`; triggers inside the mention are ignored. */
  readonly assertionOf: (firstToken: number, endToken: number) => Assertion
  /** Token behind the cues that the tokens begin with: `[no headache)` → the token of `headache`. */
  readonly skipCues: (firstToken: number, endToken: number) => number
  /** Whether the tokens name a part of the body and nothing else. */
  readonly isBodyPart: (firstToken: number, endToken: number) => boolean
}

/** What is known beside the document. */
export interface ScopeWishes {
  /** Sentence → 0 where nobody will ask; scopes end with their sentence, so the others do not change. */
  readonly wanted?: Uint8Array
  /** Year of the encounter, by which a year in the text is past or not. */
  readonly serviceYear?: number | undefined
  /** Cues with their scopes. */
  readonly explain?: boolean
}

export type FindScopes = (document: Document, wishes?: ScopeWishes) => Scopes

export function createScopeFinder({ triggers, sections, bodyParts }: ContextParts): FindScopes {
  const triggerOf = createTriggers(triggers)
  const meaningOf = createMeanings(sections)
  const hits = new Hits()
  const tables: ScopeTables = {
    hits,
    covered: new Uint16Array(0),
    forward: AXES.map(() => new Intervals()),
    backward: AXES.map(() => new Intervals()),
    meaningOf,
  }
  return (document, { wanted, serviceYear, explain = false } = {}) => {
    findHits(document, triggers, triggerOf, hits, wanted, serviceYear)
    const { sections } = document
    const sectionAt = indexSections(sections, section => section.firstToken)
    joinPersons(document, hits, token => {
      const section = sections[sectionAt(token)]
      return section !== undefined && meaningOf(section) === 'family'
    })
    silenceHeadings(document, hits, meaningOf)
    fillIntervals(document, tables)
    return {
      assertionOf: createAssertionOf(document, tables, sectionAt, explain),
      skipCues: (firstToken, endToken) => skipCues(document, hits, firstToken, endToken),
      isBodyPart: (firstToken, endToken) =>
        document.tokens.id.subarray(firstToken, endToken).every(word => bodyParts.has(word)),
    }
  }
}

/** The words of a heading say nothing beside what its section means: `Family Hx:` is not past. */
function silenceHeadings({ sections, tokens }: Document, hits: Hits, meaningOf: MeaningOf): void {
  let hit = 0
  for (const section of sections) {
    if (!SPOKEN.has(meaningOf(section))) continue
    while (hit < hits.count && (hits.first[hit] as number) < section.firstToken) hit++
    for (; hit < hits.count; hit++) {
      const first = hits.first[hit] as number
      if (first >= section.endToken || (tokens.start[first] as number) >= section.headingEnd) break
      if (hits.end[hit] !== first) hits.direction[hit] = 0
    }
  }
}

const SPOKEN: ReadonlySet<SectionMeaning> = new Set(['historical', 'family', 'hypothetical', 'ignore'])

function fillIntervals(document: Document, tables: ScopeTables): void {
  const { hits, forward, backward } = tables
  const { count } = document.tokens
  if (tables.covered.length < count) tables.covered = new Uint16Array(count * 2)
  tables.covered.fill(0, 0, count)
  for (const intervals of forward) intervals.clear()
  for (const intervals of backward) intervals.clear()
  for (let hit = 0; hit < hits.count; hit++) {
    const direction = hits.direction[hit] as number
    if (direction === 0) continue
    if (direction & FORWARD)
      addScope(tables, forward, 0, hits.end[hit] as number, endOfScope(document, hits, hit), hit)
    if (direction & BACKWARD)
      addScope(
        tables,
        backward,
        AXES.length,
        startOfScope(document, hits, hit),
        hits.first[hit] as number,
        hit,
      )
  }
}

/** `shift`: where the bits of this direction begin in {@link ScopeTables.covered}. */
function addScope(
  { covered, hits }: ScopeTables,
  intervals: readonly Intervals[],
  shift: number,
  from: number,
  to: number,
  hit: number,
): void {
  const { axes } = hits.trigger[hit] as Trigger
  for (let axis = 0; axis < AXES.length; axis++) if (axes & (1 << axis)) intervals[axis]?.add(from, to, hit)
  const bits = axes << shift
  for (let token = from; token < to; token++) covered[token] = (covered[token] as number) | bits
}

/** A cue of so short a reach is a part of its word: `non tender`. */
const LONGEST_PREFIX = 2

function skipCues(document: Document, hits: Hits, firstToken: number, endToken: number): number {
  let token = firstToken
  for (let hit = hits.firstFrom(firstToken); hit < hits.count && hits.first[hit] === token; hit++) {
    const past = hits.end[hit] as number
    if (!((hits.direction[hit] as number) & FORWARD) || past >= endToken) break
    if ((hits.trigger[hit] as Trigger).window <= LONGEST_PREFIX) break
    if ((document.tokens.gap[past] as number) & GAP.hyphen) break // no-reflow
    token = past
  }
  return token
}
