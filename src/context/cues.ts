/** A hit or a heading → the cue that an assertion names, with its scope where somebody wants to see it. */
import type { Cue } from '../model/assertion.js'
import type { SectionMeaning } from '../model/dictionary.js'
import type { Document, Section } from '../model/document.js'
import type { Span } from '../model/span.js'
import { BACKWARD, FORWARD } from './axes.js'
import type { Hits } from './hits.js'
import { startOfScope } from './scope-backward.js'
import { endOfScope } from './scope-forward.js'
import type { Trigger } from './trigger.js'

/** What a cue is made from. */
export interface CueSource {
  readonly document: Document
  readonly hits: Hits
  /** With its scope. */
  readonly explain: boolean
}

export function cueOf({ document, hits, explain }: CueSource, hit: number): Cue {
  const { start, end } = hits.spanOf(hit, document.tokens)
  const { row, category } = hits.trigger[hit] as Trigger
  const cue = { start, end, text: document.text.slice(start, end), rule: row.rule, category }
  return explain ? { ...cue, scope: scopeOf(document, hits, hit) } : cue
}

function scopeOf(document: Document, hits: Hits, hit: number): Span {
  const { start, end } = document.tokens
  const cue = hits.spanOf(hit, document.tokens)
  const direction = hits.direction[hit] as number
  const first = direction & BACKWARD ? startOfScope(document, hits, hit) : -1
  const past = direction & FORWARD ? endOfScope(document, hits, hit) : 0
  return {
    start: first < 0 ? cue.start : Math.min(cue.start, start[first] as number),
    end: past === 0 ? cue.end : Math.max(cue.end, end[past - 1] as number),
  }
}

export function headingCue({ document, explain }: CueSource, section: Section, meaning: SectionMeaning): Cue {
  const { text, tokens } = document
  const { id, headingStart: start, headingEnd: end, endToken } = section
  const cue = { start, end, text: text.slice(start, end), rule: `section.${id}`, category: meaning }
  return explain ? { ...cue, scope: { start, end: tokens.end[endToken - 1] as number } } : cue
}
