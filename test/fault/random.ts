/**
 * One seeded generator for everything that is drawn in a trial: same seed, same draws, on every machine.
 * xorshift128 (G. Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8, 2003): 32-bit steps only,
 * so that 100,000 simulated schedules cost no time. Not for secrets.
 */
export interface Random {
  readonly seed: number
  /** At least 0, below 1. */
  readonly next: () => number
  /** A whole number, at least 0 and below the limit. */
  readonly below: (limit: number) => number
  /** A whole number of a range, both ends included. */
  readonly between: (from: number, to: number) => number
  /** True with this probability. */
  readonly chance: (probability: number) => boolean
  /** One of a list that is not empty. */
  readonly pick: <T>(list: readonly T[]) => T
  readonly shuffled: <T>(list: readonly T[]) => T[]
  /** A generator of its own: what one part of a trial draws does not shift what another part draws. */
  readonly fork: () => Random
}

export function createRandom(seed: number): Random {
  const step = createXorshift(seed)
  const next = (): number => step() / 2 ** 32
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    seed,
    next,
    below,
    between: (from, to) => from + below(to - from + 1),
    chance: probability => next() < probability,
    pick: list => {
      if (list.length === 0) throw new RangeError('nothing to pick from')
      return list[below(list.length)]!
    },
    shuffled: list => shuffle(list, below),
    fork: () => createRandom(step()),
  }
}

/** Answers whole numbers of 32 bits. */
function createXorshift(seed: number): () => number {
  const scramble = createScrambler(seed)
  let [x, y, z, w] = [scramble(), scramble(), scramble(), scramble() | 1]
  return () => {
    const mixed = x ^ (x << 11)
    ;[x, y, z] = [y, z, w]
    w = w ^ (w >>> 19) ^ mixed ^ (mixed >>> 8)
    return w >>> 0
  }
}

/** Spreads a seed over the state, so that the seeds 1, 2, 3 … have nothing in common (the mixer of MurmurHash3). */
function createScrambler(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    return mixed ^ (mixed >>> 16)
  }
}

/** Fisher and Yates. */
function shuffle<T>(list: readonly T[], below: (limit: number) => number): T[] {
  const shuffled = [...list]
  for (let at = shuffled.length - 1; at > 0; at--) {
    const other = below(at + 1)
    ;[shuffled[at], shuffled[other]] = [shuffled[other]!, shuffled[at]!]
  }
  return shuffled
}
