/** Waiting for progress that the store can see, with a limit: assertions are on counts, not on sleeps. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Store } from '../../src/store/store.js'

const LOOK_MS = 20

/** Until the store has more done than this; false where that took longer than allowed. */
export async function untilMoreDone(
  store: Pick<Store, 'counts'>,
  done: number,
  limitMs = 60_000,
): Promise<boolean> {
  return untilTrue(async () => (await store.counts()).done > done, limitMs)
}

/** Asks again and again; what rejects is not true yet. */
export async function untilTrue(question: () => Promise<boolean>, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs
  while (performance.now() < end) {
    if (await question().catch(() => false)) return true
    await sleep(LOOK_MS)
  }
  return false
}
