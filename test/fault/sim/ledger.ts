/**
 * What the store said, written down beside it and judged: who claimed what, who ended it, whether a refusal
 * was right. The ledger knows the laws of the port and nothing of how a store keeps them, so it finds a store
 * (or a worker) that breaks one, at the step where it does.
 */
import type { Store, WorkCounts } from '../../../src/store/store.js'
import { intercept } from '../intercept.js'
import { brokenLaw } from '../oracle.js'
import { createBook, type Book } from './ledger-book.js'
import { JUDGES, judgeReplay } from './ledger-judges.js'

export interface Ledger {
  /** The store, watched: what it answers is judged in the same moment. */
  readonly watch: (store: Store) => Store
  readonly judgeCounts: (counts: WorkCounts) => void
  readonly violate: (what: string) => void
  readonly violations: readonly string[]
  /** Attempts that were claimed. */
  readonly claims: () => number
}

export function createLedger(now: () => number): Ledger {
  const book = createBook(now)
  return {
    watch: store =>
      intercept(store, async call => {
        if (call.method === 'replay') return judgeReplay(book, store, call)
        const answer = await call.proceed()
        JUDGES[call.method]?.(book, call.args, answer)
        return answer
      }),
    judgeCounts: counts => {
      judgeCounts(book, counts)
    },
    violate: book.violate,
    violations: book.violations,
    claims: () => book.claims,
  }
}

/** The law of conservation, and that what is counted is what was seen to happen. */
function judgeCounts(book: Book, counts: WorkCounts): void {
  const broken = brokenLaw(book.lastCounts, counts)
  book.lastCounts = counts
  if (broken !== null) book.violate(broken)
  const notes = [...book.work.values()].filter(record => record.kind === 'note')
  const done = notes.filter(({ end }) => end?.state === 'done').length
  const quarantined = notes.filter(({ end }) => end?.state === 'quarantined').length
  if (counts.accepted !== notes.length)
    book.violate(`${notes.length} notes were accepted, not ${counts.accepted}`)
  if (counts.done !== done) book.violate(`${done} notes were done, not ${counts.done}`)
  if (counts.quarantined !== quarantined)
    book.violate(`${quarantined} notes were quarantined, not ${counts.quarantined}`)
}
