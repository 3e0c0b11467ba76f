/** One input as its reader is told of it: what it holds, what it is called, and where its bytes come from. */
import type { InputKind } from './input-kind.js'

export interface RawInput {
  readonly kind: InputKind
  /** Id of the note where the input is one text; names the input in errors. */
  readonly id: string
  readonly stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
  /** Where the file lies: a zip is read by its directory, which stands at its end. */
  readonly path?: string
  /** As in `InputFile`. */
  readonly root?: string
  /** What the trailer of a batch says it holds, and what it did; a difference is a reject as well. */
  readonly onControlCount?: (count: ControlCount) => void
}

/** Of BTS-1 the messages of a batch, of FTS-1 the batches of a file. */
export interface ControlCount {
  readonly of: 'messages' | 'batches'
  readonly declared: number
  readonly read: number
}
