/**
 * Notes of gold sets for laws over real text, where the machine has them: `gold/NAME.jsonl` below CHARTCODE_SHARED, or
 * below `shared` beside the project. They are never part of the project; tests that need them say so when they skip.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Note } from '../../src/model/note.js'

const shared = process.env.CHARTCODE_SHARED ?? resolve(import.meta.dirname, '../../..', 'shared')
const SETS = ['codiesp-dev', 'aci-icd10cm-dev', 'coder-notes-dev', 'guideline-dev']

function fileOf(set: string): string {
  return join(shared, 'gold', `${set}.jsonl`)
}

export const hasGoldNotes: boolean = SETS.every(set => existsSync(fileOf(set)))

export function readGoldNotes(): Note[] {
  return SETS.flatMap(set =>
    readFileSync(fileOf(set), 'utf8')
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line) as Note),
  )
}
