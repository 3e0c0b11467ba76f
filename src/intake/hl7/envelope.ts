/**
 * Keeps count of what the envelopes of a file hold. HL7 v2.5.1, 2.10.3: a file is FHS, batches, FTS; a batch
 * is BHS, messages, BTS; every envelope is optional. BTS-1 is the number of messages of its batch, FTS-1 the
 * number of batches. Problems come out with the line of the segment that they are of.
 */
import type { ControlCount } from '../raw-input.js'

export interface EnvelopeProblem {
  readonly line: number
  readonly what: string
}

interface Open {
  /** Of its header; null where there was none. */
  readonly line: number | null
  messages: number
  batches: number
}

export class Envelope {
  private file: Open = newOpen(null)
  private batch: Open = newOpen(null)

  constructor(private readonly onControlCount: ((count: ControlCount) => void) | undefined) {}

  countMessage(): void {
    this.batch.messages += 1
    this.file.messages += 1
  }

  take(name: string, segment: Uint8Array, line: number): readonly EnvelopeProblem[] {
    switch (name) {
      case 'FHS': {
        const problems = this.end()
        this.file = newOpen(line)
        return problems
      }
      case 'BHS': {
        const problems = unended(this.batch, 'batch', 'BTS')
        this.file.batches += 1
        this.batch = newOpen(line)
        return problems
      }
      case 'BTS': {
        const { messages } = this.batch
        if (this.batch.line === null) this.file.batches += 1
        this.batch = newOpen(null)
        return this.compare('messages', { name, segment, line, read: messages })
      }
      default: {
        const problems = unended(this.batch, 'batch', 'BTS')
        const { messages, batches } = this.file
        this.file = newOpen(null)
        this.batch = newOpen(null)
        // Where a file has no batches, its trailer can only mean messages.
        const counted = batches > 0 ? 'batches' : 'messages'
        const read = batches > 0 ? batches : messages
        return [...problems, ...this.compare(counted, { name, segment, line, read })]
      }
    }
  }

  /** A header without its trailer: the export was cut off. */
  end(): readonly EnvelopeProblem[] {
    const problems = [...unended(this.batch, 'batch', 'BTS'), ...unended(this.file, 'file', 'FTS')]
    this.file = newOpen(null)
    this.batch = newOpen(null)
    return problems
  }

  private compare(of: ControlCount['of'], trailer: Trailer): readonly EnvelopeProblem[] {
    const { name, segment, line, read } = trailer
    const count = firstField(segment)
    if (count === '') return []
    if (!/^\d{1,9}$/.test(count))
      return [
        { line, what: `the count of the ${name} segment is no number; its messages are read all the same` },
      ]
    const declared = Number(count)
    this.onControlCount?.({ of, declared, read })
    if (declared === read) return []
    const what = `the ${name} segment counts ${declared} ${of}, the file holds ${read}: the export may be cut`
    return [{ line, what }]
  }
}

interface Trailer {
  readonly name: string
  readonly segment: Uint8Array
  readonly line: number
  readonly read: number
}

function newOpen(line: number | null): Open {
  return { line, messages: 0, batches: 0 }
}

function unended({ line }: Open, what: string, trailer: string): readonly EnvelopeProblem[] {
  return line === null
    ? []
    : [{ line, what: `the ${what} that begins here has no ${trailer} segment: the export may be cut` }]
}

/** `BTS|5|comment` → `5`. */
function firstField(segment: Uint8Array): string {
  const text = Buffer.from(segment).toString('latin1')
  return (text.split(text[3] ?? '|')[1] ?? '').trim()
}
