/**
 * Invented notes that hold every canary once, as notes hold such things: in a header, in the history, in the
 * assessment. The ids are canaries as well (`h-record-1`), because ids from outside may not get out either.
 * Where a channel may show ids (results, answers about one's own note), scan without that one.
 */
import { CANARIES, canary } from './strings.js'

export interface CanaryNote {
  readonly id: string
  readonly text: string
}

/** Identifiers a note; eight notes hold all 32, and one sentence of diagnosis each. */
const PER_NOTE = 4

const LINES: readonly ((text: string) => string)[] = [
  text => `Patient: ${text}`,
  text => `On file: ${text}.`,
  text => `HPI: a letter that names ${text} was brought along. Denies fever. Cough for three days.`,
  text => `Plan: send a copy (${text}), recheck in two weeks.`,
]

export function canaryNotes(): CanaryNote[] {
  const isSentence = (id: string): boolean => id.startsWith('diagnosis')
  const identifiers = CANARIES.filter(({ id }) => !isSentence(id))
  return CANARIES.filter(({ id }) => isSentence(id)).map(({ text: sentence }, at) => {
    const [first = '', ...others] = identifiers
      .slice(at * PER_NOTE, (at + 1) * PER_NOTE)
      .map(({ text }, line) => LINES[line]?.(text) ?? text)
    const text = [first, ...others.slice(0, 2), 'ASSESSMENT:', sentence, ...others.slice(2), ''].join('\n')
    return { id: `${canary('h-record-1').text}/${at + 1}`, text }
  })
}
