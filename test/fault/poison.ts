/**
 * The kinds of notes that no worker should survive, as markers in a note's text: what a worker entry of
 * the fault programmes asks for before it codes. Only such entries import this; no shipped program does.
 */
export const POISON_KINDS = [
  /** Never ends, never yields. */
  'endless-loop',
  /** Takes memory until there is none. */
  'heap-bomb',
  /** A pattern that backtracks for longer than anybody waits. */
  'regex-bomb',
  /** Ends the process as if all were well. */
  'process-exit',
  /** Dies as the kernel's out-of-memory killer would have it. */
  'kill-self',
  'throw',
  /** Its result cannot be written as JSON, nor passed on as it is. */
  'circular-result',
] as const

export type PoisonKind = (typeof POISON_KINDS)[number]

const MARKER = /\[\[poison:([a-z-]+)\]\]/

/** The text with the marker in its middle, where a reader that only looks at the start misses it. */
export function poisoned(kind: PoisonKind, text: string): string {
  const middle = Math.floor(text.length / 2)
  return `${text.slice(0, middle)}[[poison:${kind}]]${text.slice(middle)}`
}

export function poisonOf(text: string): PoisonKind | null {
  const name = MARKER.exec(text)?.[1]
  return POISON_KINDS.find(kind => kind === name) ?? null
}

/** Does what the marker says. Null where there is none; a value only for `circular-result`. */
export function detonate(text: string): object | null {
  const kind = poisonOf(text)
  return kind === null ? null : DETONATIONS[kind]()
}

const DETONATIONS: Readonly<Record<PoisonKind, () => object | null>> = {
  'endless-loop': loopForever,
  'heap-bomb': fillHeap,
  'regex-bomb': backtrack,
  'process-exit': exit,
  'kill-self': killSelf,
  throw: fail,
  'circular-result': circular,
}

function loopForever(): never {
  let turns = 0
  for (;;) turns = (turns + 1) % 1_000
}

/** In pieces of 8 MB, which no collection moves: a small heap is full long before a deadline. */
function fillHeap(): never {
  const kept: number[][] = []
  for (;;) kept.push(new Array<number>(1_000_000).fill(kept.length))
}

/** Two ways to read each letter, and no end that fits: 2^60 ways to try. Made at run time, for no check of patterns should pass it. */
function backtrack(): null {
  new RegExp(['^(a', '+)', '+$'].join('')).test(`${'a'.repeat(60)}!`)
  return null
}

function exit(): never {
  // eslint-disable-next-line no-restricted-properties -- ending at once is what this kind does
  process.exit(0)
}

function killSelf(): null {
  process.kill(process.pid, 'SIGKILL')
  return null
}

function fail(): never {
  throw new TypeError('a poisoned note')
}

function circular(): object {
  const result: Record<string, unknown> = { candidates: [], release: () => null }
  result.self = result
  return result
}
