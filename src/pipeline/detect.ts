/**
 * Note → result: the engine of its date's dictionary, wrapped in what DESIGN.md fixes (identity of
 * input, dictionaries and options; findings; offsets). Pure: same note, dictionary and options, same bytes.
 */
import { createHash } from 'node:crypto'
import type { Note } from '../model/note.js'
import type { DictionaryUsed, Finding, NoteResult } from '../model/result.js'
import type { Engine } from './engine.js'
import { convertOffsets } from './offsets.js'
import type { DetectOptions } from './options.js'

/** The engine for a note's date, and whether another year's release stands in. */
export interface EngineChoice {
  readonly engine: Engine
  readonly substituted: boolean
  readonly wanted: number | null
}

export function detect(
  note: Note,
  { engine, substituted, wanted }: EngineChoice,
  options: DetectOptions,
  version: string,
): NoteResult {
  const setting = note.setting ?? 'outpatient'
  const { dateOfService, patient } = note
  const coded = engine.code(note.text, { setting, dateOfService, patient, options })
  const result: NoteResult = {
    id: note.id,
    setting,
    ...(note.setting === undefined ? { settingAssumed: true as const } : {}),
    dateOfService: note.dateOfService ?? null,
    input: {
      sha256: createHash('sha256').update(note.text, 'utf8').digest('hex'),
      characters: note.text.length,
    },
    engine: version,
    options: { ...options },
    dictionaries: dictionariesUsed(engine, options),
    candidates: coded.candidates,
    notCoded: coded.notCoded,
    findings: [...(substituted ? [substitution(wanted, engine)] : []), ...coded.findings],
    offsets: 'utf16',
  }
  return options.offsets === 'utf16' ? result : convertOffsets(result, note.text, options.offsets)
}

function dictionariesUsed({ dictionary }: Engine, options: DetectOptions): DictionaryUsed[] {
  const { release, origin, hash } = dictionary.identity
  return options.systems.map(system =>
    system === 'icd10cm'
      ? { system, release, origin, hash }
      : { system, release, origin: 'lexicon' as const, hash },
  )
}

function substitution(wanted: number | null, { dictionary }: Engine): Finding {
  return {
    rule: 'release-substituted',
    severity: 'warning',
    codes: [],
    message: `the date of service belongs to FY${wanted}, which is not installed; ${dictionary.identity.release} was used`,
    evidence: [],
  }
}
