/** The seeded generator: what a trial is replayed with. */
import { describe, expect, it } from 'vitest'
import { createRandom } from './random.js'

const draw = (seed: number, count: number): number[] => {
  const random = createRandom(seed)
  return Array.from({ length: count }, random.next)
}

describe('the seeded generator', () => {
  it('draws the same for the same seed', () => {
    expect(draw(7, 1_000)).toEqual(draw(7, 1_000))
  })

  it('draws what it drew on other machines and in earlier versions', () => {
    const random = createRandom(1)
    expect(Array.from({ length: 4 }, () => random.below(1_000_000))).toMatchInlineSnapshot(`
      [
        907577,
        117213,
        491086,
        414836,
      ]
    `)
  })

  it.each([0, 1, 2, -1, 2 ** 31, 2 ** 32 + 5])('is uniform enough for seed %i', seed => {
    const draws = draw(seed, 20_000)
    const tenths = Array.from({ length: 10 }, (_, tenth) =>
      draws.filter(value => Math.floor(value * 10) === tenth),
    )
    // 2,000 expected in each; six standard deviations are 255.
    for (const tenth of tenths) expect(Math.abs(tenth.length - 2_000)).toBeLessThan(255)
  })

  it('gives neighbouring seeds unrelated draws', () => {
    const firsts = Array.from({ length: 1_000 }, (_, seed) => createRandom(seed).below(10))
    const same = firsts.filter((value, at) => value === firsts[at + 1]).length
    expect(same).toBeGreaterThan(60)
    expect(same).toBeLessThan(140)
  })

  it('keeps to its ranges and reaches both ends', () => {
    const random = createRandom(3)
    const drawn = new Set(Array.from({ length: 500 }, () => random.between(4, 9)))
    expect([...drawn].sort()).toEqual([4, 5, 6, 7, 8, 9])
  })

  it('shuffles without losing anything, and picks nothing from nothing', () => {
    const random = createRandom(5)
    const list = Array.from({ length: 50 }, (_, at) => at)
    const shuffled = random.shuffled(list)
    expect(shuffled).not.toEqual(list)
    expect([...shuffled].sort((a, b) => a - b)).toEqual(list)
    expect(() => random.pick([])).toThrow(RangeError)
  })

  it('forks a generator whose draws do not shift those of its parent', () => {
    const [one, other] = [createRandom(9), createRandom(9)]
    const [fork] = [one.fork(), other.fork()]
    fork.next()
    expect(one.next()).toBe(other.next())
    expect(createRandom(9).fork().next()).not.toBe(createRandom(9).next())
  })
})
