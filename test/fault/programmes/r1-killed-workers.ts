/**
 * R1: workers are killed in the middle of their work, again and again. Nothing is lost, nothing is done twice
 * that can be seen, and the work of the dead is taken up soon.
 */
import { acceptAll, compareWithStore, expectedResults, untilDone, withInstallation } from '../installation.js'
import { inventNotes } from '../invented-notes.js'
import { drawSchedule, startNemesis } from '../nemesis.js'
import { comparisonFigures, conservationFigures, sampleConservation } from '../oracle.js'
import { figureAtMost, figureEqual, type Programme } from '../programme.js'

const WORKERS = 4

export const programme: Programme = {
  id: 'R1',
  title: 'workers killed with SIGKILL: nothing lost, nothing twice',
  run: context => {
    const [count, kills] = context.isFull ? [20_000, 50] : [5_000, 15]
    return withInstallation(context, { workers: WORKERS }, async installation => {
      const { backends, workers } = installation
      const { store } = backends
      const notes = inventNotes(count, context.random)
      const expected = await expectedResults(installation, notes)
      const sampler = sampleConservation(store.counts)
      const accepted = await acceptAll(installation, store, notes)
      const started = performance.now()
      const nemesis = startNemesis(
        drawSchedule({
          seed: context.seed,
          fromMs: 1_000,
          untilMs: 1_000 + kills * 800,
          plans: [{ op: 'kill', times: kills, targets: WORKERS }],
        }),
        { kill: slot => void workers.signal(slot, 'SIGKILL') },
        context.tell,
      )
      await nemesis.over
      const struck = performance.now()
      const isDone = await untilDone(store, 180_000)
      const tail = (performance.now() - struck) / 1000
      context.tell(
        `${((performance.now() - started) / 1000).toFixed(1)} s, ${workers.ends().length} workers died`,
      )
      const comparison = await compareWithStore(store, installation, { accepted, expected })
      const conservation = await sampler.stop()
      return {
        figures: [
          figureEqual('notes done', isDone ? count : 0, count),
          ...comparisonFigures(comparison),
          ...conservationFigures(conservation),
          figureEqual('kills', workers.ends().length, kills),
          figureAtMost('last work resumed after', tail, 120, 's'),
        ],
      }
    })
  },
}
