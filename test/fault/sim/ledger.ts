/**
 * What the store said, written down beside it and judged: who claimed what, who ended it, whether a refusal
 * was right. The ledger knows the laws of the port and nothing of how a store keeps them, so it finds a store
 * (or a worker) that breaks one, at the step where it does.
 */
import type { AcceptedNote, Claim, NewNote, Store, WorkCounts } from '../../../src/store/store.js'
import { brokenLaw } from '../oracle.js'
import { intercept, type Call } from '../intercept.js'

export type EndState = 'done' | 'quarantined'

interface WorkRecord {
  readonly kind: 'note' | 'chunk' | null
  latest: number
  readonly attemptOf: Map<string, number>
  /** Attempts that neither ended nor were given back. */
  readonly open: Set<number>
  end: { readonly by: number; readonly state: EndState } | null
}

export interface Ledger {
  /** The store, watched: what it answers is judged in the same moment. */
  readonly watch: (store: Store) => Store
  readonly judgeCounts: (counts: WorkCounts) => void
  readonly violate: (what: string) => void
  readonly violations: readonly string[]
  /** Attempts that were claimed. */
  readonly claims: () => number
}

type Judge = (args: readonly unknown[], answer: unknown) => void

export function createLedger(now: () => number): Ledger {
  const violations: string[] = []
  const work = new Map<string, WorkRecord>()
  const noteOf = new Map<string, string>()
  let claims = 0
  let lastCounts: WorkCounts | null = null
  let lease: { readonly holder: string; readonly until: number } | null = null

  const violate = (what: string): void => void violations.push(what)
  const recordOf = (workId: string, kind: WorkRecord['kind'] = null): WorkRecord => {
    const known = work.get(workId)
    if (known !== undefined) return known
    const record: WorkRecord = { kind, latest: 0, attemptOf: new Map(), open: new Set(), end: null }
    work.set(workId, record)
    return record
  }

  const judgeAccept: Judge = ([request], answer) => {
    const { notes } = request as { readonly notes: readonly NewNote[] }
    const accepted = answer as readonly AcceptedNote[]
    if (accepted.length !== notes.length) violate('as many answers as notes are owed')
    for (const [at, { noteId, workId, isNew }] of accepted.entries()) {
      const identity = JSON.stringify([notes[at]?.facility, notes[at]?.externalId, notes[at]?.contentHash])
      const known = noteOf.get(identity)
      if (known !== undefined && known !== noteId) violate('one note was accepted as two')
      if (isNew !== (known === undefined)) violate('a note was called new that was not, or not new that was')
      noteOf.set(identity, noteId)
      recordOf(workId, 'note')
    }
  }
  const judgeReplay = async (store: Store, call: Call): Promise<unknown> => {
    const [ids] = call.args as [readonly string[]]
    const entries = await Promise.all(ids.map(store.quarantineEntry))
    const workIds = new Set(entries.flatMap(entry => (entry?.replayed === null ? [entry.workId] : [])))
    const answer = await call.proceed()
    if (answer !== workIds.size) violate(`${workIds.size} work items were to be opened again`)
    for (const workId of workIds) {
      const { kind } = recordOf(workId)
      work.delete(workId)
      recordOf(workId, kind)
    }
    return answer
  }
  const judgeClaim: Judge = ([request], answer) => {
    const { workId, token } = request as { readonly workId: string; readonly token: string }
    const record = recordOf(workId, answer === null ? null : (answer as Claim).work.kind)
    if (answer === null) {
      if (record.end === null) violate('open work was not given out')
      return
    }
    const { attempt, unended } = answer as Claim
    if (record.end !== null) violate('work was given out that had ended')
    const before = record.attemptOf.get(token)
    if (before !== undefined) {
      if (before !== attempt) violate('the same token got another attempt')
      return
    }
    if (attempt !== record.latest + 1) violate('an attempt was left out or given twice')
    if (unended !== record.open.size) violate(`${record.open.size} attempts had not ended, not ${unended}`)
    record.attemptOf.set(token, attempt)
    record.latest = attempt
    record.open.add(attempt)
    claims++
  }
  const judgeEnd =
    (state: EndState): Judge =>
    ([claim], answer) => {
      const { workId, attempt, token = '' } = claim as Claim
      const record = recordOf(workId)
      // A claim of before a replay is not known any more, though its number may be.
      const isKnown = record.attemptOf.get(token) === attempt
      const wasTheEnd = isKnown && record.end?.by === attempt && record.end.state === state
      const mayEnd = isKnown && record.end === null && record.latest === attempt && record.open.has(attempt)
      if (answer === true && !wasTheEnd && !mayEnd)
        violate(record.end === null ? 'not the latest attempt ended the work' : 'work was ended twice')
      if (answer === false && wasTheEnd) violate('an end that was said again was refused')
      if (answer === false && mayEnd) violate('the latest attempt was refused')
      if (answer !== true || !mayEnd) return
      record.end = { by: attempt, state }
      record.open.delete(attempt)
    }
  const judgeLease: Judge = ([request], answer) => {
    const { holder, milliseconds } = request as { readonly holder: string; readonly milliseconds: number }
    if (answer !== true) return
    if (lease !== null && lease.holder !== holder && lease.until > now()) violate('a lease had two holders')
    lease = { holder, until: now() + milliseconds }
  }
  const judges: Readonly<Record<string, Judge>> = {
    acceptNotes: judgeAccept,
    claim: judgeClaim,
    commitNote: judgeEnd('done'),
    commitChunk: judgeEnd('done'),
    quarantine: judgeEnd('quarantined'),
    giveBack: ([claim]) => {
      const { workId, attempt, token = '' } = claim as Claim
      const record = recordOf(workId)
      if (record.attemptOf.get(token) === attempt) record.open.delete(attempt)
    },
    takeLease: judgeLease,
    endLease: ([, holder]) => {
      if (lease?.holder === holder) lease = null
    },
  }
  const watch = (store: Store): Store =>
    intercept(store, async call => {
      if (call.method === 'replay') return judgeReplay(store, call)
      const answer = await call.proceed()
      judges[call.method]?.(call.args, answer)
      return answer
    })
  return {
    watch,
    judgeCounts: counts => {
      const broken = brokenLaw(lastCounts, counts)
      lastCounts = counts
      if (broken !== null) violate(broken)
      const notes = [...work.values()].filter(record => record.kind === 'note')
      const ended = (state: EndState): number => notes.filter(({ end }) => end?.state === state).length
      if (counts.accepted !== notes.length)
        violate(`${notes.length} notes were accepted, not ${counts.accepted}`)
      if (counts.done !== ended('done')) violate(`${ended('done')} notes were done, not ${counts.done}`)
      if (counts.quarantined !== ended('quarantined'))
        violate('the quarantined are not those that were set aside')
    },
    violate,
    violations,
    claims: () => claims,
  }
}
