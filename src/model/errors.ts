/**
 * The one error class and its closed list of codes.
 * A message says what was wrong, which value, and what to do. It never holds note text:
 * ids, offsets, paths given on the command line and counts only.
 */

/** Every error code, with what it means. `docs/errors.md` is compared with this list by a test. */
export const ERROR_CODES = {
  usage: 'the command line is wrong: an unknown option, a missing argument, a value out of range',
  'file-missing': 'a file or directory that was named does not exist or cannot be read',
  'input-empty': 'the input holds no note',
  'input-encoding': 'the input is not valid UTF-8',
  'input-line': 'a line of NDJSON or CSV cannot be parsed',
  'input-note': 'a note has a field of the wrong type or an unknown value',
  'input-size': 'a note or a line is larger than the limit',
  'input-message': 'an HL7 v2 message cannot be read, or a batch envelope does not count what it holds',
  'input-document': 'an XML or FHIR document cannot be read as clinical notes',
  'input-archive': 'a gzip or zip file is damaged, nested, encrypted, or unpacks to more than the limit',
  'date-invalid': 'a date of service is not a calendar date YYYY-MM-DD',
  'release-unreadable': "a publisher's file does not have the expected shape",
  'release-mismatch': "a file's size or SHA-256 is not the one in the lock file",
  'release-unverified': 'an archive has no known hash and --accept-unverified was not given',
  'release-unavailable': "a publisher's address does not answer",
  'release-missing': 'no such release is installed',
  'lexicon-invalid': 'a hand-written dictionary row is wrong',
  'snapshot-unreadable': 'a compiled dictionary is damaged or of another format version',
  'code-unknown': 'a code does not exist in the release',
  'output-exists': 'the output directory holds results of another run',
  'output-damaged': 'the results of a run are not those that it wrote',
  'worker-failed': 'a worker thread stopped unexpectedly',
  'note-deadline': 'a note took longer than its deadline, twice',
  'note-memory': 'a note needed more memory than its limit, twice',
  'process-died': 'a process died on a note when it was alone with it',
  'store-unavailable': 'the database does not answer',
  'store-held': 'the embedded database is held by another process',
  'store-version': 'the database was made by a newer version of chartcode',
  'store-refused': 'the database refuses the connection: wrong password, unknown database or too old',
  'queue-unavailable': 'the queue does not answer',
  'queue-refused': 'the queue refuses the connection: wrong password, wrong policy or too old',
  'queue-full': 'the queue has no room: nothing was accepted',
  'key-conflict': 'an Idempotency-Key was used before for another request',
  'batch-unknown': 'there is no such batch, note or quarantine entry',
} as const

export type ErrorCode = keyof typeof ERROR_CODES

export class ChartcodeError extends Error {
  readonly code: ErrorCode
  /** 1-based line of the input, where there is one. */
  readonly line: number | undefined

  constructor(code: ErrorCode, message: string, options: { line?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'ChartcodeError'
    this.code = code
    this.line = options.line
  }
}
