/**
 * What the `dictionary` commands need from outside: where to write, where the data is, and the two
 * operations that belong to other folders (`build`, `coverage`), passed in as functions. Tests pass
 * arrays for the streams; `main` passes the process's.
 */
import type { Fetch } from '../../dictionary/releases/download.js'
import type { SourcesLock } from '../../dictionary/releases/sources-lock.js'
import type { LexiconCode } from '../../dictionary/releases/verify-lexicon.js'

/** One line of a table, or one object of a JSON list. */
export type OutputRow = Readonly<Record<string, string | number | boolean | null>>

export interface DictionaryWork {
  readonly dataDirectory: string
  /** Null: the newest installed release, or without any release the lexicon alone. */
  readonly fiscalYear: number | null
  readonly onProgress: (step: string) => void
}

export interface CoverageWork extends DictionaryWork {
  /** Files of labelled notes; none: the release itself. */
  readonly files: readonly string[]
}

export interface DictionaryContext {
  /** Default: `CHARTCODE_DATA_DIR`, `XDG_DATA_HOME/chartcode`, `~/.local/share/chartcode`. */
  readonly dataDirectory?: string | undefined
  /** Default: `dictionaries/sources.lock.json` of this package. */
  readonly readLock?: () => Promise<SourcesLock>
  readonly fetch?: Fetch
  /** Standard output: data only. */
  readonly print: (text: string) => void
  /** Standard error: notices. */
  readonly warn: (text: string) => void
  /** Standard error, silent with `--quiet`. */
  readonly progress: (text: string) => void
  /** Standard output is a terminal: a table is the default there, JSON elsewhere. */
  readonly terminal: boolean
  /** For results that are no error and yet not success: `verify` that found something. */
  readonly setExitCode: (code: number) => void
  /** Compiles the dictionary; a row says what was built. */
  readonly build: (work: DictionaryWork) => Promise<readonly OutputRow[]>
  /** How much of the release or of the labels the lexicon covers; a row is a chapter, a file or a total. */
  readonly coverage: (work: CoverageWork) => Promise<readonly OutputRow[]>
  /** The expanded codes of the lexicon, for `verify`; left out, `verify` checks the releases only. */
  readonly lexiconCodes?: () => Promise<readonly LexiconCode[]>
}
