/**
 * One run of the built program: what it said, when it said the first of it, how it ended. Comes in: the words
 * behind `chartcode`, and its whole environment. It is killed where it passes its limit, and then has no code.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

export const PROGRAM = path.join(import.meta.dirname, '..', '..', 'dist', 'cli', 'main.js')

export interface CommandRequest {
  readonly env: Readonly<Record<string, string>>
  readonly input?: string
  readonly limitMs?: number
  /** Another copy of the package. */
  readonly program?: string
}

export interface CommandEnd {
  readonly code: number | null
  readonly out: string
  readonly err: string
  /** Milliseconds to the first byte on standard output; null where there was none. */
  readonly answeredMs: number | null
  readonly endedMs: number
}

const LIMIT_MS = 20_000

export async function runCommand(words: readonly string[], request: CommandRequest): Promise<CommandEnd> {
  const { env, input = '', limitMs = LIMIT_MS, program = PROGRAM } = request
  const started = performance.now()
  const child = spawn(process.execPath, [program, ...words], { env, stdio: 'pipe' })
  const killed = setTimeout(() => child.kill('SIGKILL'), limitMs)
  let [out, err] = ['', '']
  let answeredMs: number | null = null
  // A character may be cut between two pieces.
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    answeredMs ??= performance.now() - started
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  // It may end without having read what it was given.
  child.stdin.on('error', () => undefined).end(input)
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(killed)
  return { code, out, err, answeredMs, endedMs: performance.now() - started }
}

/** The code in brackets at the end of an error line. */
export function errorCodeOf({ err }: Pick<CommandEnd, 'err'>): string {
  return /\[([a-z-]+)\]\s*$/.exec(err)?.[1] ?? 'none'
}
