/** The store of the workers: asks again while the database does not answer, and only then. */
import { describe, expect, it } from 'vitest'
import { ChartcodeError, type ErrorCode } from '../../src/model/errors.js'
import { createRetryingStore } from '../../src/store/retrying-store.js'
import type { Store } from '../../src/store/store.js'

/** A store whose one method fails with these codes, one after the other, then answers. */
function failing(...codes: readonly ErrorCode[]): { readonly store: Store; readonly calls: unknown[] } {
  const calls: unknown[] = []
  const answer = (...values: unknown[]): Promise<unknown> => {
    calls.push(values)
    const code = codes[calls.length - 1]
    return code === undefined ? Promise.resolve('answer') : Promise.reject(new ChartcodeError(code, 'no'))
  }
  const store = { backend: 'postgres', batch: answer, ping: answer, close: answer } as unknown as Store
  return { store, calls }
}

describe('a retrying store', () => {
  it('asks again, with the same values, until there is an answer', async () => {
    const { store, calls } = failing('store-unavailable', 'store-unavailable')
    const retries: number[] = []
    const retrying = createRetryingStore(store, { totalMs: 5000, onRetry: attempt => retries.push(attempt) })
    expect(await retrying.batch('b')).toBe('answer')
    expect(calls).toEqual([['b'], ['b'], ['b']])
    expect(retries).toEqual([1, 2])
    expect(retrying.backend).toBe('postgres')
  })

  it('waits 50 ms, then twice as long each time', async () => {
    const { store } = failing('store-unavailable', 'store-unavailable', 'store-unavailable')
    const started = performance.now()
    await createRetryingStore(store, { totalMs: 5000 }).batch('b')
    expect(performance.now() - started).toBeGreaterThan(50 + 100 + 200 - 10)
  })

  it('gives up when the time is over', async () => {
    const { store, calls } = failing(...Array.from({ length: 100 }, () => 'store-unavailable' as const))
    const call = createRetryingStore(store, { totalMs: 300 }).batch('b')
    await expect(call).rejects.toMatchObject({ code: 'store-unavailable' })
    expect(calls).toHaveLength(3)
  })

  it.each(['store-refused', 'key-conflict', 'store-version'] as const)('passes %s on at once', async code => {
    const { store, calls } = failing(code)
    await expect(createRetryingStore(store, { totalMs: 5000 }).batch('b')).rejects.toMatchObject({ code })
    expect(calls).toHaveLength(1)
  })

  it.each(['ping', 'close'] as const)('does not repeat %s', async name => {
    const { store, calls } = failing('store-unavailable')
    const call = createRetryingStore(store, { totalMs: 5000 })[name]()
    await expect(call).rejects.toMatchObject({ code: 'store-unavailable' })
    expect(calls).toHaveLength(1)
  })
})
