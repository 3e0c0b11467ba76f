/**
 * The notes of the simulation and what coding makes of them: no medicine, only a result that follows from the
 * note, and two kinds of poison.
 */
import type { NewNote, Priority } from '../../../src/store/store.js'
import type { Random } from '../random.js'

export type SimulatedPoison = 'kills' | 'throws'

export interface Coded {
  readonly result: Uint8Array
  readonly sha256: string
}

export function simulatedNote(name: string, poison: SimulatedPoison | null, random: Random): NewNote {
  const content = poison === null ? name : `${name} ${poison}`
  return {
    facility: `facility ${random.below(3)}`,
    externalId: name,
    contentHash: `hash of ${content}`,
    body: Buffer.from(content),
    priority: random.between(1, 3) as Priority,
  }
}

export function poisonIn(body: Uint8Array): SimulatedPoison | null {
  const content = Buffer.from(body).toString()
  if (content.endsWith(' kills')) return 'kills'
  return content.endsWith(' throws') ? 'throws' : null
}

/** The hash is not computed: 100,000 schedules only need that another note has another one. */
export function codeNote(body: Uint8Array): Coded {
  const result = `result of ${Buffer.from(body).toString()}`
  return { result: Buffer.from(result), sha256: `hash of ${result}` }
}
