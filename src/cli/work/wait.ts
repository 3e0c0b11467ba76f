/** Waiting for what was submitted, with progress; answers the exit code. */
import { setTimeout as sleep } from 'node:timers/promises'
import { countsOf } from '../../app/work/batch-counts.js'
import { decodeManifest } from '../../app/work/batch-manifest.js'
import { pipelineKey, type WorkPipeline } from '../../app/work/work-pipeline.js'
import { runFiles } from '../../app/batch/run-files.js'
import { readRunRecord } from '../../app/batch/run-record.js'
import type { Store } from '../../store/store.js'
import { accountOf, durationOf } from '../batch/progress-line.js'
import { EXIT } from '../command.js'
import type { Terminal } from '../terminal.js'

const LOOK_MS = 100
const SAY_MS = 1000
/** A worker that runs has begun by then. */
const NOBODY_MS = 10_000

export async function waitForBatch(batchId: string, store: Store, terminal: Terminal): Promise<number> {
  const tell = createTeller(terminal)
  for (;;) {
    const batch = await store.batch(batchId)
    if (batch === null) return EXIT.failed
    const { out, notes, pipeline } = decodeManifest(batch.manifest)
    if (batch.state === 'finished') {
      const counts = readRunRecord(runFiles(out, pipeline.job.format).run)?.counts
      if (counts == null) return EXIT.failed
      terminal.progress(accountOf(counts))
      return counts.failed > 0 ? EXIT.partial : EXIT.done
    }
    tell({ done: countsOf(batch).read, all: notes })
    await sleep(LOOK_MS)
  }
}

export async function waitForNotes(
  { noteIds, pipeline }: { readonly noteIds: readonly string[]; readonly pipeline: WorkPipeline },
  store: Store,
  terminal: Terminal,
): Promise<number> {
  const tell = createTeller(terminal)
  const key = pipelineKey(pipeline)
  let quarantined = 0
  for (const [done, noteId] of noteIds.entries()) {
    for (let state = await store.noteState(noteId, key); ; state = await store.noteState(noteId, key)) {
      if (state === 'quarantined') quarantined += 1
      if (state !== 'open') break
      tell({ done, all: noteIds.length })
      await sleep(LOOK_MS)
    }
  }
  terminal.progress(
    `${noteIds.length} notes = ${noteIds.length - quarantined} done + ${quarantined} quarantined`,
  )
  return quarantined > 0 ? EXIT.partial : EXIT.done
}

/** About once a second, for off a terminal each is a line of its own. */
function createTeller(terminal: Terminal): (progress: Omit<Progress, 'seconds'>) => void {
  const started = performance.now()
  let said = started
  let isWarned = false
  return progress => {
    if (!isWarned && progress.done === 0 && performance.now() - started > NOBODY_MS) {
      isWarned = true
      terminal.progress('nothing is coded yet: does a `chartcode worker` run on the same queue and store?')
    }
    if (performance.now() - said < SAY_MS) return
    said = performance.now()
    terminal.ticker(progressText({ ...progress, seconds: (said - started) / 1000 }))
  }
}

interface Progress {
  readonly done: number
  readonly all: number
  readonly seconds: number
}

function progressText({ done, all, seconds }: Progress): string {
  const rate = done / Math.max(seconds, 0.001)
  const left = done === 0 ? '' : `, ${durationOf((all - done) / rate)} left`
  return `${done} of ${all} notes, ${Math.round(rate)} notes/s${left}`
}
