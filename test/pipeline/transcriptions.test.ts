/** The whole engine over real transcriptions, where the machine has them: nothing fails, every offset is right. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { detect } from '../../src/pipeline/detect.js'
import { DEFAULT_OPTIONS } from '../../src/pipeline/options.js'
import type { NoteResult } from '../../src/model/result.js'
import { lexiconEngine } from '../support/lexicon-engine.js'
import { hasTranscriptions, readTranscriptions } from '../support/transcriptions.js'

const why = hasTranscriptions
  ? ''
  : ' (skipped: notes-mtsamples.jsonl is not on this machine; set CHARTCODE_SHARED)'

describe.skipIf(!hasTranscriptions)(`the transcriptions${why}`, () => {
  it('are all read, every quote stands where it says, and a second run gives the same bytes', async () => {
    const { engine } = await lexiconEngine()
    const notes = readTranscriptions()
    expect(notes.length).toBe(1752)
    const wrong: string[] = []
    let mentions = 0
    const run = (): string => {
      const hash = createHash('sha256')
      for (const note of notes) {
        const result = detect(note, { engine, substituted: false, wanted: null }, DEFAULT_OPTIONS, '0.0.0')
        mentions += result.candidates.length + result.notCoded.length
        if (quotesOf(result).some(({ start, end, text }) => note.text.slice(start, end) !== text))
          wrong.push(note.id)
        hash.update(JSON.stringify(result))
      }
      return hash.digest('hex')
    }
    const first = run()
    expect(wrong).toEqual([])
    expect(mentions).toBeGreaterThan(notes.length * 3)
    expect(run()).toBe(first)
  }, 120_000)
})

function quotesOf({
  candidates,
  notCoded,
  findings,
}: NoteResult): { start: number; end: number; text: string }[] {
  return [
    ...candidates.flatMap(candidate => [...candidate.evidence, ...candidate.assertion.cues]),
    ...notCoded.flatMap(line => [line, ...(line.cue === undefined ? [] : [line.cue])]),
    ...findings.flatMap(finding => finding.evidence),
  ]
}
