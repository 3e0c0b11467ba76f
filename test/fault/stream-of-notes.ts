/**
 * Notes that come in at a steady pace, as into a service: each is let in, accepted and answered on its own,
 * whether the one before it has its answer or not; the queue is filled beside that.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Backends } from '../../src/app/backends.js'
import { acceptNotes } from '../../src/app/work/accept-notes.js'
import { createIntakeGate, handOver } from '../../src/app/work/intake-gate.js'
import { startRounds } from '../../src/app/work/rounds.js'
import type { WorkPipeline } from '../../src/app/work/work-pipeline.js'
import type { Note } from '../../src/model/note.js'
import { ChartcodeError } from '../../src/model/errors.js'
import { PRIORITIES } from '../../src/store/store.js'

export interface StreamRequest {
  readonly notes: readonly Note[]
  readonly everyMs: number
  readonly pipeline: WorkPipeline
  readonly backends: Pick<Backends, 'store' | 'queue'>
  /** Before the answer counts. */
  readonly onAccepted: (noteId: string, id: string) => void
}

export interface StreamEnd {
  readonly accepted: number
  /** Times by error code. */
  readonly refused: Readonly<Record<string, number>>
  readonly slowestMs: number
}

const HAND_OVER_MS = 250

/** Resolves when every note has its answer. */
export async function startStream(request: StreamRequest): Promise<StreamEnd> {
  const { notes, everyMs, backends } = request
  const gate = createIntakeGate(backends.queue)
  const handing = startRounds({
    everyMs: HAND_OVER_MS,
    round: async () => void (await handOver(backends)),
    onError: () => undefined,
  })
  const started = performance.now()
  const answers: Promise<Answer>[] = []
  for (const [at, note] of notes.entries()) {
    await sleep(Math.max(0, started + at * everyMs - performance.now()))
    answers.push(acceptOne(note, gate, request))
  }
  const all = await Promise.all(answers)
  await handing.stop()
  const refused: Record<string, number> = {}
  for (const { code } of all) if (code !== null) refused[code] = (refused[code] ?? 0) + 1
  return {
    accepted: all.filter(({ code }) => code === null).length,
    refused,
    slowestMs: Math.round(Math.max(...all.map(({ ms }) => ms))),
  }
}

interface Answer {
  readonly ms: number
  /** Null where the note was accepted. */
  readonly code: string | null
}

async function acceptOne(
  note: Note,
  gate: ReturnType<typeof createIntakeGate>,
  { pipeline, backends: { store }, onAccepted }: StreamRequest,
): Promise<Answer> {
  const started = performance.now()
  const accept = async (): Promise<null> => {
    await gate.admit()
    const [accepted] = await acceptNotes({ store, pipeline, priority: PRIORITIES.routine, notes: [note] })
    if (accepted !== undefined) onAccepted(accepted.noteId, note.id)
    return null
  }
  const code = await accept().catch((error: unknown) => {
    if (error instanceof ChartcodeError) return error.code
    throw error
  })
  return { ms: performance.now() - started, code }
}
