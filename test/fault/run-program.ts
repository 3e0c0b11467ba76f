/** The built command line as a programme runs it, beside whatever else is going on: it waits for no other. */
import { spawn } from 'node:child_process'
import { PROGRAM } from './command.js'

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
}

export interface RunRequest {
  readonly env: Readonly<Record<string, string>>
  readonly input?: string
  /** Script in place of the program. */
  readonly file?: string
  /** SIGKILL when it is aborted. */
  readonly killed?: AbortSignal
}

export function runProgram(words: readonly string[], request: RunRequest): Promise<Ended> {
  const { env, input = '', file = PROGRAM, killed } = request
  const child = spawn(process.execPath, [file, ...words], { env: { ...env } })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (bytes: Buffer) => out.push(bytes))
  child.stderr.on('data', (bytes: Buffer) => err.push(bytes))
  // A program that ends without reading leaves a broken pipe.
  child.stdin.on('error', () => undefined).end(input)
  killed?.addEventListener('abort', () => child.kill('SIGKILL'))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      resolve({ code, signal, out: textOf(out), err: textOf(err) })
    })
  })
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8')
}

/** JSON lines. */
export function linesOf<T>({ out }: Pick<Ended, 'out'>): T[] {
  return out
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as T)
}
