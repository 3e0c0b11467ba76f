/** How far a figure may be trusted: intervals of 95 %. */

const Z = 1.96

/** E. B. Wilson, Probable inference, J. Am. Stat. Assoc. 22 (1927). */
export function wilson(right, all) {
  if (all === 0) return [0, 1]
  const share = right / all
  const middle = share + (Z * Z) / (2 * all)
  const reach = Z * Math.sqrt((share * (1 - share)) / all + (Z * Z) / (4 * all * all))
  const whole = 1 + (Z * Z) / all
  return [(middle - reach) / whole, (middle + reach) / whole]
}

const ROUNDS = 1000

/**
 * Notes drawn again with replacement (B. Efron, Ann. Stat. 7, 1979), always the same draws: F1 of precision over
 * what was said and recall over what was wanted.
 */
export function bootstrapF1(perNote) {
  const random = generator(20261001)
  const values = Array.from({ length: ROUNDS }, () =>
    f1(perNote.map(() => perNote[Math.floor(random() * perNote.length)])),
  )
  values.sort((a, b) => a - b)
  return [values[Math.floor(ROUNDS * 0.025)], values[Math.ceil(ROUNDS * 0.975) - 1]]
}

export function totals(perNote) {
  const sum = key => perNote.reduce((total, note) => total + note[key], 0)
  return { right: sum('right'), said: sum('said'), found: sum('found'), wanted: sum('wanted') }
}

export function f1(perNote) {
  const { right, said, found, wanted } = totals(perNote)
  const [precision, recall] = [right / (said || 1), found / (wanted || 1)]
  return (2 * precision * recall) / (precision + recall || 1)
}

/** Mulberry32: small, fast, the same everywhere. */
function generator(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
