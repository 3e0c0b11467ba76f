/**
 * Transcriptions for smoke tests, where the machine has them: `gold/notes-mtsamples.jsonl` below
 * CHARTCODE_SHARED, or below `shared` beside the project. They are never part of the project; tests that
 * need them are skipped elsewhere and say so in their names.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const shared = process.env.CHARTCODE_SHARED ?? resolve(import.meta.dirname, '../../..', 'shared')
const file = join(shared, 'gold', 'notes-mtsamples.jsonl')

export const hasTranscriptions: boolean = existsSync(file)

export interface Transcription {
  readonly id: string
  readonly text: string
}

export function readTranscriptions(): Transcription[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Transcription)
}
