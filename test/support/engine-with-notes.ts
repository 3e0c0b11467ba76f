/**
 * The lexicon's engine with parts of an invented release beside it: notes of a tabular list and the like, over the
 * lexicon's own codes. The wording is the tests'; no publisher's file is needed.
 */
import { compileDictionary, type CompileInput } from '../../src/dictionary/build/compile.js'
import { openDictionary } from '../../src/dictionary/open-dictionary.js'
import type { NoteKind, TabularNote } from '../../src/model/code.js'
import type { Setting } from '../../src/model/note.js'
import type { Settled } from '../../src/candidates/settle.js'
import { createEngine, type Engine } from '../../src/pipeline/engine.js'
import { DEFAULT_OPTIONS } from '../../src/pipeline/options.js'
import { createPartOfSpeech } from '../../src/pipeline/part-of-speech.js'
import { lexiconEngine, snapshotOf } from './lexicon-engine.js'

/** Codes that nothing is billed with, above those of the lexicon. */
export function headers(input: CompileInput, codes: readonly string[]): CompileInput['catalogue'] {
  return [...input.catalogue, ...codes.map(code => ({ code, title: `Of ${code}`, billable: false }))]
}

/** `parts`: what the release adds to the lexicon. */
export async function engineWith(parts: (input: CompileInput) => Partial<CompileInput>): Promise<Engine> {
  const { input } = await lexiconEngine()
  const { bytes } = compileDictionary({ ...input, ...parts(input) })
  return createEngine(openDictionary(snapshotOf(bytes)), createPartOfSpeech())
}

/** A note at a code written without its dot, a section (`L00-L08`) or a chapter (`10`). */
export function note(at: string, kind: NoteKind, text: string): TabularNote {
  const level = at.includes('-') ? 'section' : /^\d+$/.test(at) ? 'chapter' : 'code'
  return { level, at, kind, text }
}

export function codeNote(engine: Engine, text: string, setting: Setting = 'outpatient'): Settled {
  return engine.code(text, { setting, patient: undefined, options: DEFAULT_OPTIONS })
}

export function codesIn({ candidates }: Settled): string[] {
  return candidates.map(({ code }) => code)
}
