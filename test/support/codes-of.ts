/** The codes of an invented note, in the order of a claim, with the project's own dictionary. */
import type { Setting } from '../../src/model/note.js'
import type { Engine } from '../../src/pipeline/engine.js'
import { DEFAULT_OPTIONS } from '../../src/pipeline/options.js'

export type SettledNote = ReturnType<Engine['code']>

export function settle({ code }: Engine, text: string, setting: Setting = 'outpatient'): SettledNote {
  return code(text, { setting, dateOfService: '2025-11-18', patient: undefined, options: DEFAULT_OPTIONS })
}

export function codesIn(engine: Engine, text: string, setting?: Setting): string[] {
  return settle(engine, text, setting).candidates.map(({ code }) => code)
}
