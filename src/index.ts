/**
 * The library: open the installed dictionaries, take an engine for a date, detect. The command line and the
 * services are built on the same functions.
 */
export {
  findDictionaries,
  type AvailableYear,
  type ChosenYear,
  type Dictionaries,
  type DictionariesOptions,
} from './app/dictionaries.js'
export { createEngines, type Engines } from './app/engines.js'
export { ENGINE_VERSION } from './app/version.js'
export { openDictionary, type Dictionary } from './dictionary/open-dictionary.js'
export { decodeSnapshot, openSnapshot, type Snapshot } from './dictionary/snapshot/decode.js'
export { createExporter, type OutputFormat } from './export/create-exporter.js'
export type { Exporter } from './export/exporter.js'
export { parseNoteObject } from './intake/note-record.js'
export { ChartcodeError, ERROR_CODES, type ErrorCode } from './model/errors.js'
export type * from './model/assertion.js'
export type { CodeSystem, Origin } from './model/code.js'
export type * from './model/note.js'
export type * from './model/result.js'
export type { Quote, Span } from './model/span.js'
export { detect, type EngineChoice } from './pipeline/detect.js'
export { createEngine, type Engine } from './pipeline/engine.js'
export { DEFAULT_OPTIONS, type DetectOptions } from './pipeline/options.js'
export { createPartOfSpeech } from './pipeline/part-of-speech.js'
