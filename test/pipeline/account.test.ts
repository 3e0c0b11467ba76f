/**
 * The ledger is complete: whatever the engine proposes of a note is evidence of a candidate or one line of the ledger,
 * never both and never neither; and every character of a code is accounted for by evidence that stands in the note.
 */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { quote } from '../../src/candidates/places.js'
import type { Note } from '../../src/model/note.js'
import type { Encounter } from '../../src/pipeline/encounter.js'
import type { Engine } from '../../src/pipeline/engine.js'
import { DEFAULT_OPTIONS } from '../../src/pipeline/options.js'
import { hasGoldNotes, readGoldNotes } from '../support/gold-notes.js'
import { readVignettes } from '../support/guideline-vignettes.js'
import { lexiconEngine } from '../support/lexicon-engine.js'

const FOLDER = join(import.meta.dirname, '../guidelines')
const { engine } = await lexiconEngine(2026)

function encounterOf({ setting, dateOfService, patient }: Note): Encounter {
  return { setting: setting ?? 'outpatient', dateOfService, patient, options: DEFAULT_OPTIONS }
}

/** What is wrong with the account of a note; counts the pairs it looked at. */
function faultsOf(note: Note, { read, proposals, code }: Engine): { faults: string[]; pairs: number } {
  const about = encounterOf(note)
  const { candidates, notCoded } = code(note.text, about)
  const outcomes = proposals(note.text, about)
  const document = read(note.text)
  const faults: string[] = []
  const isLine = (code: string | null, start: number, end: number, system: string): number =>
    notCoded.filter(
      line => line.system === system && line.code === code && line.start === start && line.end === end,
    ).length
  for (const outcome of outcomes) {
    if (outcome.kind === 'not-coded') {
      const { system, code, start, end, reason } = outcome.line
      const isBack = candidates.some(
        one => one.code === code && one.evidence.some(piece => piece.start >= start && piece.end <= end),
      )
      const times = isLine(code, start, end, system) + (reason === 'historical' && isBack ? 1 : 0)
      if (times !== 1)
        faults.push(`${note.id}: ${code ?? 'no code'} at ${start}: ${times} lines for "${reason}"`)
      continue
    }
    const { mention, code, system, places } = outcome.proposal
    const { start, end } = quote(mention, document)
    const isEvidence = candidates.some(
      one =>
        one.system === system &&
        one.code === code &&
        places.every(place =>
          one.evidence.some(piece => place.start === piece.start && place.end === piece.end),
        ),
    )
    const times = isLine(code, start, end, system) + (isEvidence ? 1 : 0)
    if (times !== 1) faults.push(`${note.id}: ${code} at ${start}: accounted for ${times} times`)
  }
  for (const { code, derivation, evidence } of candidates) {
    if (derivation.map(({ characters }) => characters).join('') !== code)
      faults.push(`${note.id}: the derivation of ${code} does not join`)
    if (derivation.some(step => step.evidence.some(index => evidence[index] === undefined)))
      faults.push(`${note.id}: ${code} cites evidence that is not there`)
    if (evidence.some(({ start, end, text }) => note.text.slice(start, end) !== text))
      faults.push(`${note.id}: evidence of ${code} is not what stands there`)
  }
  return { faults, pairs: outcomes.length }
}

function account(notes: readonly Note[]): { faults: string[]; pairs: number } {
  const all = notes.map(note => faultsOf(note, engine))
  return {
    faults: all.flatMap(({ faults }) => faults),
    pairs: all.reduce((sum, { pairs }) => sum + pairs, 0),
  }
}

describe('every mention with its code is accounted for once', () => {
  it('in the guideline vignettes', () => {
    const { faults, pairs } = account(
      ['vignettes', 'open'].flatMap(folder => readVignettes(join(FOLDER, folder))),
    )
    expect(faults).toEqual([])
    expect(pairs).toBeGreaterThan(400)
  })
})

const why = hasGoldNotes ? '' : ' (skipped: the gold notes are not on this machine; set CHARTCODE_SHARED)'

describe.skipIf(!hasGoldNotes)(`every mention of the gold notes${why}`, () => {
  it('is accounted for once too', () => {
    const { faults, pairs } = account(readGoldNotes())
    expect(faults).toEqual([])
    expect(pairs).toBeGreaterThan(5000)
  }, 60_000)
})
