/**
 * The process's streams as the commands see them: data on standard output, everything else on standard
 * error. Written synchronously to the descriptors: results are on their way before the next note is read, and
 * a start costs no stream objects. A reader that has gone away (`| head`) ends the program quietly.
 */
import { writeSync } from 'node:fs'
import { isatty } from 'node:tty'

export interface Terminal {
  readonly print: (data: string | Uint8Array) => void
  /** Notices and errors. */
  readonly warn: (text: string) => void
  /** Silent with `--quiet`. */
  readonly progress: (text: string) => void
  /** Rewrites one line on a terminal, and is a line of its own elsewhere. Silent with `--quiet`. */
  readonly ticker: (text: string) => void
  readonly isTerminal: boolean
  readonly colour: boolean
  readonly quiet: boolean
}

const STDOUT = 1
const STDERR = 2
/** Milliseconds until a full pipe is tried again. */
const PAUSE = 5

export function createTerminal({ quiet }: { readonly quiet: boolean }): Terminal {
  const isTerminal = isatty(STDOUT)
  const noColour = process.env['NO_COLOR'] !== undefined && process.env['NO_COLOR'] !== ''
  const tick = createTicker()
  const warn = (text: string) => {
    tick.end()
    writeAll(STDERR, `${text}\n`)
  }
  return {
    print: data => {
      writeAll(STDOUT, data)
    },
    warn,
    progress: quiet ? nothing : warn,
    ticker: quiet ? nothing : tick.show,
    isTerminal,
    colour: isTerminal && !noColour,
    quiet,
  }
}

function nothing(): void {
  // `--quiet`
}

function createTicker(): { show: (text: string) => void; end: () => void } {
  const rewrites = isatty(STDERR)
  let isOpen = false
  return {
    show: text => {
      isOpen = rewrites
      writeAll(STDERR, rewrites ? `\r\u001b[K${text}` : `${text}\n`)
    },
    end: () => {
      if (isOpen) writeAll(STDERR, '\n')
      isOpen = false
    },
  }
}

function writeAll(descriptor: number, data: string | Uint8Array): void {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data
  let at = 0
  while (at < bytes.length) {
    try {
      at += writeSync(descriptor, bytes, at)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') process.exit(0)
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE)
    }
  }
}
