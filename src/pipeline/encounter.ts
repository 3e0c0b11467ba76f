/** What the engine is told of an encounter beside the text of its note. */
import type { Patient, Setting } from '../model/note.js'
import type { DetectOptions } from './options.js'

export interface Encounter {
  readonly setting: Setting
  /** `YYYY-MM-DD`; years in the text before it are past. */
  readonly dateOfService?: string | undefined
  readonly patient: Patient | undefined
  readonly options: DetectOptions
}
