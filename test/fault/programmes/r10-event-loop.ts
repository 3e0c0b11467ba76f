/**
 * R10: the thread that holds a worker's jobs is never held up: not by a note of 10 MB, which a coding thread
 * works on, and so no lock of BullMQ runs out in a run without faults.
 */
import { loadavg } from 'node:os'
import path from 'node:path'
import type { Note } from '../../../src/model/note.js'
import { bundleEntries } from '../bundle-entries.js'
import {
  acceptAll,
  compareWithStore,
  expectedResults,
  untilDone,
  withInstallation,
  type Accepted,
  type Installation,
} from '../installation.js'
import { inventNotes } from '../invented-notes.js'
import { comparisonFigures, conservationFigures, sampleConservation } from '../oracle.js'
import {
  figureAtMost,
  figureEqual,
  type Figure,
  type Programme,
  type ProgrammeContext,
} from '../programme.js'
import { readEvents } from '../worker-events.js'

const LARGE_BYTES = 10_000_000

export const programme: Programme = {
  id: 'R10',
  title: 'a note of 10 MB holds nobody up; no job stalls and no lock is lost',
  run: async context => {
    const entries = await bundleEntries(context.directory, ['watched-worker'])
    const file = path.join(entries, 'watched-worker.js')
    const command = (words: readonly string[]) => ({ file: process.execPath, args: [file, ...words] })
    return withInstallation(context, { workers: 1, jobs: 2, command }, installation =>
      runAll(context, installation),
    )
  },
}

async function runAll(
  context: ProgrammeContext,
  installation: Installation,
): Promise<{ readonly figures: readonly Figure[] }> {
  const { workers, backends } = installation
  const { store } = backends
  const notes = inventNotes(context.isFull ? 20_000 : 3_000, context.random)
  const large = largeNote(inventNotes(500, context.random))
  const expected = await expectedResults(installation, [...notes, large])
  const sampler = sampleConservation(store.counts)
  const accepted: Accepted = new Map()
  const take = async (some: readonly Note[]): Promise<number> => {
    const started = performance.now()
    for (const [noteId, id] of await acceptAll(installation, store, some)) accepted.set(noteId, id)
    if (!(await untilDone(store, 300_000))) context.tell('work was still open after five minutes')
    return (performance.now() - started) / 1000
  }
  const many = await take(notes)
  workers.signal(0, 'SIGUSR2')
  const one = await take([large])
  await workers.stop('SIGTERM')
  const comparison = await compareWithStore(store, installation, { accepted, expected })
  const conservation = await sampler.stop()
  const events = readEvents(workers.files)
  const delay = events.find(({ code }) => code === 'delay')
  const [p999, max, looks] = [delay?.['p999'], delay?.['max'], delay?.['looks']].map(Number)
  const count = (code: string, error?: string): number =>
    events.filter(event => event.code === code && (error === undefined || event['error'] === error)).length
  context.tell(
    `${notes.length} notes in ${many.toFixed(1)} s, the large one in ${one.toFixed(1)} s; the longest delay in it was ${max?.toFixed(0)} ms of ${looks} looks, load ${loadavg()[0]?.toFixed(1)}`,
  )
  return {
    figures: [
      ...comparisonFigures(comparison),
      ...conservationFigures(conservation),
      figureEqual('delays were watched during the large note', count('delay-reset') + count('delay'), 2),
      figureAtMost('delay of the control thread, p99.9', p999 ?? Infinity, 100, 'ms'),
      figureEqual('stalled', count('job-stalled'), 0),
      figureEqual('locks lost', count('queue-error', 'queue-lock'), 0),
      figureEqual('other errors', count('queue-error') + count('work-failed') + count('round-failed'), 0),
      figureEqual('workers that ended by themselves', workers.starts() - 1, 0),
    ],
  }
}

/** Many visits in one text; its offsets and its time are those of a chart that nobody has cut. */
function largeNote(visits: readonly Note[]): Note {
  const text = visits.map(({ text: visit }) => visit).join('\n')
  const filler = 'The patient slept well and was up and about. '
  const between = filler.repeat(Math.ceil((LARGE_BYTES - text.length) / visits.length / filler.length))
  const long = visits.map(({ text: visit }) => `${visit}\n${between}\n`).join('')
  return { id: 'MRN-LARGE', text: long.slice(0, LARGE_BYTES) }
}
