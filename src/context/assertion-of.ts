/** A mention's tokens → its assertion, from the scopes that hold them and the section they stand in. */
import {
  UNMARKED,
  type Assertion,
  type Certainty,
  type Cue,
  type Experiencer,
  type Presence,
  type Temporality,
} from '../model/assertion.js'
import type { SectionMeaning, TriggerCategory } from '../model/dictionary.js'
import type { Document } from '../model/document.js'
import type { SectionIndexAt } from '../text/section-at.js'
import { AXES, AXIS } from './axes.js'
import { cueOf, headingCue, type CueSource } from './cues.js'
import type { Hits } from './hits.js'
import type { Intervals } from './intervals.js'
import type { MeaningOf } from './section-meanings.js'

export interface ScopeTables {
  readonly hits: Hits
  /** Token → axes whose scopes hold it: forward scopes in the low bits, backward ones above them. */
  covered: Uint16Array
  /** One an axis. */
  readonly forward: readonly Intervals[]
  readonly backward: readonly Intervals[]
  readonly meaningOf: MeaningOf
}

/** The assertion while it is put together. */
interface Draft {
  presence: Presence
  certainty: Certainty
  temporality: Temporality
  experiencer: Experiencer
  relative?: string
  readonly cues: Cue[]
}

/** Hits of a mention, one an axis, -1 where there is none. */
interface Marks {
  readonly presence: number
  readonly certainty: number
  readonly hypothetical: number
  readonly temporality: number
  readonly experiencer: number
}

const SILENT: ReadonlySet<SectionMeaning> = new Set(['present', 'negatable', 'parent'])

export function createAssertionOf(
  document: Document,
  tables: ScopeTables,
  sectionAt: SectionIndexAt,
  explain: boolean,
): (firstToken: number, endToken: number) => Assertion {
  const { hits, meaningOf, covered } = tables
  const { sections } = document
  const source: CueSource = { document, hits, explain }
  /** What each section says of its mentions; undefined where it says nothing. */
  const meanings = sections.map(section => spokenMeaning(meaningOf(section)))
  /** The cue that each section's heading is, one for all mentions in it. */
  const headings = sections.map((): Cue | undefined => undefined)
  return (first, end) => {
    const covers = (covered[first] as number) | (covered[end - 1] as number)
    const at = sectionAt(first)
    const section = sections[at]
    const meaning = meanings[at]
    if (covers === 0 && meaning === undefined) return UNMARKED
    const marks = covers === 0 ? NO_MARKS : marksOf(tables, first, end, covers)
    const draft: Draft = {
      presence: 'present',
      certainty: 'confirmed',
      temporality: 'current',
      experiencer: 'patient',
      cues: [],
    }
    applyWords(source, marks, draft)
    if (section !== undefined && meaning !== undefined && applySection(meaning, marks, draft))
      draft.cues.push((headings[at] ??= headingCue(source, section, meaning)))
    return draft
  }
}

function spokenMeaning(meaning: SectionMeaning): SectionMeaning | undefined {
  return SILENT.has(meaning) ? undefined : meaning
}

const NO_MARKS: Marks = { presence: -1, certainty: -1, hypothetical: -1, temporality: -1, experiencer: -1 }

/** `covers`: the axes that are looked at; on the others no scope holds the mention. */
function marksOf(tables: ScopeTables, first: number, end: number, covers: number): Marks {
  const axes = covers | (covers >> AXES.length)
  return {
    presence: markOn(tables, axes, AXIS.presence, first, end),
    certainty: markOn(tables, axes, AXIS.certainty, first, end),
    hypothetical: markOn(tables, axes, AXIS.hypothetical, first, end),
    temporality: markOn(tables, axes, AXIS.temporality, first, end),
    experiencer: markOn(tables, axes, AXIS.experiencer, first, end),
  }
}

function markOn(tables: ScopeTables, axes: number, axis: number, first: number, end: number): number {
  return axes & (1 << axis) ? markOf(tables, axis, first, end) : -1
}

/** The hit that marks the mention on an axis, or -1; forward scopes come first. */
function markOf({ hits, forward, backward }: ScopeTables, axis: number, first: number, end: number): number {
  const before = forward[axis] as Intervals
  let hit = before.find(first)
  if (hit < 0 && end - first > 1) {
    // A cue that reaches into the mention from before it: `no known [known allergies]`.
    hit = before.find(end - 1)
    if (hit >= 0 && (hits.first[hit] as number) >= first) hit = -1
  }
  return hit >= 0 ? hit : (backward[axis] as Intervals).find(end - 1)
}

function applyWords(source: CueSource, marks: Marks, draft: Draft): void {
  const { hits } = source
  const presence = categoryOf(hits, marks.presence, AXIS.presence)
  if (presence === 'negated') draft.presence = 'absent'
  addCue(source, marks.presence, draft)
  // Definite beats possible: `no likely source`; but `unlikely` sets both itself.
  const isDefinite = draft.presence === 'absent' && marks.certainty !== marks.presence
  if (!isDefinite && marks.certainty >= 0) {
    const certainty = categoryOf(hits, marks.certainty, AXIS.certainty)
    if (certainty === 'probable' || certainty === 'possible') draft.certainty = certainty
    addCue(source, marks.certainty, draft)
  }
  if (marks.temporality >= 0) {
    draft.temporality =
      categoryOf(hits, marks.temporality, AXIS.temporality) === 'historical' ? 'historical' : 'current'
    addCue(source, marks.temporality, draft)
  }
  if (marks.hypothetical >= 0) {
    draft.certainty = 'hypothetical'
    draft.temporality = 'hypothetical'
    addCue(source, marks.hypothetical, draft)
  }
  if (marks.experiencer >= 0) {
    draft.experiencer = categoryOf(hits, marks.experiencer, AXIS.experiencer) as Experiencer
    const relative = hits.trigger[marks.experiencer]?.row.relative
    if (relative !== undefined) draft.relative = relative
    addCue(source, marks.experiencer, draft)
  }
}

function categoryOf(hits: Hits, hit: number, axis: number): TriggerCategory | undefined {
  return hit < 0 ? undefined : hits.trigger[hit]?.saysOn[axis]
}

/** Adds the cue of a hit once: a hit can set several axes. */
function addCue(source: CueSource, hit: number, draft: Draft): void {
  if (hit < 0) return
  const { start, end } = source.hits.spanOf(hit, source.document.tokens)
  for (const cue of draft.cues) if (cue.start === start && cue.end === end) return
  draft.cues.push(cueOf(source, hit))
}

/** Fills in what no words have set; answers whether the section said anything. */
function applySection(meaning: SectionMeaning, marks: Marks, draft: Draft): boolean {
  // What the past history denies is denied, of whatever time.
  if (meaning === 'historical' && isOfNoTime(marks) && draft.presence === 'present')
    draft.temporality = 'historical'
  else if (meaning === 'family' && marks.experiencer < 0) {
    draft.experiencer = 'family'
    // A bare name under the heading is as "family history of" it.
    if (isOfNoTime(marks) && draft.presence === 'present') draft.temporality = 'historical'
  } else if (meaning === 'possible' && marks.certainty < 0 && draft.presence === 'present')
    draft.certainty = 'possible'
  else if ((meaning === 'hypothetical' || meaning === 'ignore') && isNotOfNow(marks, draft)) {
    draft.certainty = 'hypothetical'
    draft.temporality = 'hypothetical'
  } else return false
  return true
}

/** `You were seen for kidney stones` tells of the visit, though instructions follow. */
function isNotOfNow({ temporality, hypothetical }: Marks, draft: Draft): boolean {
  return hypothetical < 0 && (temporality < 0 || draft.temporality !== 'current')
}

/** No words say when. */
function isOfNoTime({ temporality, hypothetical }: Marks): boolean {
  return temporality < 0 && hypothetical < 0
}
