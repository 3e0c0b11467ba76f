/**
 * Stand-in for what a worker does with a job: claim, code, commit. What was begun before and did not end is
 * coded alone, where a note that kills its process kills nobody else.
 */
import { ChartcodeError } from '../../../src/model/errors.js'
import type { Claim, Store } from '../../../src/store/store.js'
import type { Coded } from './notes.js'

export interface WorkTools {
  readonly store: Pick<Store, 'claim' | 'commitNote' | 'commitChunk' | 'quarantine' | 'giveBack'>
  readonly workId: string
  readonly worker: string
  /** Of this job in this process. */
  readonly token: string
  /** Beside the other work of the process; throws where the note is to blame. Dies where the note kills. */
  readonly code: (claim: Claim) => Promise<Coded>
  /** In a process of its own; throws `process-died` where the note kills it. */
  readonly codeAlone: (claim: Claim) => Promise<Coded>
  readonly pause: (milliseconds: number) => Promise<void>
}

export type WorkOnce = (tools: WorkTools) => Promise<void>

/** Attempts that did not end before the work is done alone. */
const ALONE_FROM = 2

/** How often a call to the store is made before the work is given back. */
const CALLS = 4

export const claimCodeCommit: WorkOnce = async tools => {
  const { store, workId, worker, token } = tools
  const claim = await repeat(tools, () => store.claim({ workId, worker, token }))
  if (claim === null) return
  try {
    await codeAndEnd(tools, claim)
  } catch (error) {
    await store.giveBack(claim)
    throw error
  }
}

async function codeAndEnd(tools: WorkTools, claim: Claim): Promise<void> {
  const { store, code, codeAlone } = tools
  const outcome = await (claim.unended >= ALONE_FROM ? codeAlone : code)(claim).catch(blame)
  await repeat(tools, () => {
    if (outcome instanceof ChartcodeError) {
      const { attempt: attempts } = claim
      return store.quarantine(claim, {
        reason: outcome.code,
        stage: 'detect',
        attempts,
        sha256: 'of the note',
      })
    }
    return claim.work.kind === 'note'
      ? store.commitNote(claim, { ...outcome, candidates: 1 })
      : store.commitChunk(claim, { counts: { coded: 1 }, part: { sha256: outcome.sha256 }, quarantined: [] })
  })
}

/** An error with a code is the note's; any other is a mistake of the program and goes on. */
function blame(error: unknown): ChartcodeError {
  if (error instanceof ChartcodeError) return error
  throw error
}

async function repeat<T>({ pause }: WorkTools, call: () => Promise<T>): Promise<T> {
  for (let calls = 1; ; calls++) {
    try {
      return await call()
    } catch (error) {
      if (calls === CALLS || !(error instanceof ChartcodeError && error.code === 'store-unavailable'))
        throw error
      await pause(50 * 2 ** calls)
    }
  }
}
