/**
 * accepted = done + quarantined + open, after any operations in any order: random sequences on the store and
 * on a model of it in memory, which say the same at every step.
 */
import fc from 'fast-check'
import { it } from 'vitest'
import type { Store } from '../../../src/store/store.js'
import { anyOperation, createModel } from '../random-operations.js'

export function conservationLaws(store: () => Store, reset: () => Promise<void>): void {
  it('holds after any sequence of operations', { timeout: 180_000 }, async () => {
    const sequences = fc.commands([anyOperation], { maxCommands: 40, size: '+1' })
    await fc.assert(
      fc.asyncProperty(sequences, async operations => {
        await reset()
        await fc.asyncModelRun(() => ({ model: createModel(), real: store() }), operations)
      }),
      { numRuns: 200 },
    )
  })
}
