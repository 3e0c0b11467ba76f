/** Ports that fail: by chance, and once at a given call. */
import { describe, expect, it } from 'vitest'
import { intercept } from './intercept.js'
import { createRandom } from './random.js'
import { failingOnce, unreliable, type FailureKind } from './unreliable-port.js'

interface Counter {
  readonly backend: string
  readonly add: (by: number) => Promise<number>
  readonly close: () => Promise<void>
}

function counter(): { readonly port: Counter; readonly value: () => number } {
  let value = 0
  const port: Counter = {
    backend: 'memory',
    add: async by => (value += by),
    close: async () => {},
  }
  return { port, value: () => value }
}

describe('a port with something around it', () => {
  it('keeps what is no method, and passes on arguments, answers and errors', async () => {
    const seen: unknown[] = []
    const port = intercept(counter().port, async ({ method, args, proceed }) => {
      seen.push([method, ...args])
      return method === 'close' ? Promise.reject(new TypeError('refused')) : proceed([Number(args[0]) * 10])
    })
    expect(port.backend).toBe('memory')
    expect(await port.add(4)).toBe(40)
    await expect(port.close()).rejects.toThrow('refused')
    expect(seen).toEqual([['add', 4], ['close']])
  })
})

describe('an unreliable port', () => {
  async function run(
    seed: number,
  ): Promise<{ readonly kinds: FailureKind[]; readonly value: number; readonly failed: number }> {
    const { port, value } = counter()
    const kinds: FailureKind[] = []
    const rates = { refused: 0.1, replyLost: 0.1, timeout: 0.1, timeoutMs: 0 }
    const worse = unreliable(port, {
      code: 'store-unavailable',
      rates,
      random: createRandom(seed),
      onFailure: (_, kind) => kinds.push(kind),
    })
    let failed = 0
    for (let at = 0; at < 600; at++)
      await worse.add(1).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'store-unavailable' })
        failed++
      })
    await worse.close()
    return { kinds, value: value(), failed }
  }

  it('fails as often as it is told to, took effect where only the answer is lost', async () => {
    const { kinds, value, failed } = await run(1)
    const count = (kind: FailureKind): number => kinds.filter(other => other === kind).length
    expect(failed).toBe(kinds.length)
    // 60 of each are expected, standard deviation 7.3.
    for (const kind of ['refused', 'reply lost', 'timeout'] as const) {
      expect(count(kind)).toBeGreaterThan(30)
      expect(count(kind)).toBeLessThan(90)
    }
    const without = 600 - failed
    expect(value).toBeGreaterThan(without + count('reply lost'))
    expect(value).toBeLessThan(without + count('reply lost') + count('timeout'))
  })

  it('fails at the same calls for the same seed', async () => {
    expect(await run(2)).toEqual(await run(2))
    expect((await run(3)).kinds).not.toEqual((await run(2)).kinds)
  })
})

describe('a port that fails once', () => {
  it.each([
    { when: 'before', value: 2 },
    { when: 'after', value: 3 },
  ] as const)('$when the effect of its second call', async ({ when, value }) => {
    const { port, value: valueNow } = counter()
    const failing = failingOnce(port, 2, when, 'store-unavailable')
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => failing.port.add(1)))
    expect(outcomes.map(outcome => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(valueNow()).toBe(value)
    expect(failing.calls()).toBe(3)
  })
})
