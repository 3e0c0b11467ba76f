/** The laws of the port, method by method: what was asked, what was answered, and whether that may be. */
import type { AcceptedNote, Claim, NewNote, Store } from '../../../src/store/store.js'
import type { Call } from '../intercept.js'
import { recordOf, type Book, type EndState, type WorkRecord } from './ledger-book.js'

export type Judge = (book: Book, args: readonly unknown[], answer: unknown) => void

export const JUDGES: Readonly<Record<string, Judge>> = {
  acceptNotes: judgeAcceptance,
  claim: judgeClaim,
  commitNote: judgeEnd('done'),
  commitChunk: judgeEnd('done'),
  quarantine: judgeEnd('quarantined'),
  giveBack: noteGivenBack,
  takeLease: judgeLease,
  endLease: noteEndOfLease,
}

function judgeAcceptance(book: Book, [request]: readonly unknown[], answer: unknown): void {
  const { notes } = request as { readonly notes: readonly NewNote[] }
  const accepted = answer as readonly AcceptedNote[]
  if (accepted.length !== notes.length) book.violate('as many answers as notes are owed')
  for (const [at, { noteId, workId, isNew }] of accepted.entries()) {
    const note = notes[at]
    const identity = JSON.stringify([note?.facility, note?.externalId, note?.contentHash])
    const known = book.noteOf.get(identity)
    if (known !== undefined && known !== noteId) book.violate('one note was accepted as two')
    if (isNew !== (known === undefined))
      book.violate('a note was called new that was not, or not new that was')
    book.noteOf.set(identity, noteId)
    recordOf(book, workId, 'note')
  }
}

function judgeClaim(book: Book, [request]: readonly unknown[], answer: unknown): void {
  const { workId, token } = request as { readonly workId: string; readonly token: string }
  const claim = answer as Claim | null
  const record = recordOf(book, workId, claim?.work.kind)
  if (claim === null) {
    if (record.end === null) book.violate('open work was not given out')
    return
  }
  if (record.end !== null) book.violate('work was given out that had ended')
  const before = record.attemptOf.get(token)
  if (before === undefined) judgeNewAttempt(book, record, claim, token)
  else if (before !== claim.attempt) book.violate('the same token got another attempt')
}

function judgeNewAttempt(book: Book, record: WorkRecord, { attempt, unended }: Claim, token: string): void {
  if (attempt !== record.latest + 1) book.violate('an attempt was left out or given twice')
  if (unended !== record.open.size) book.violate(`${record.open.size} attempts had not ended, not ${unended}`)
  record.attemptOf.set(token, attempt)
  record.latest = attempt
  record.open.add(attempt)
  book.claims++
}

function judgeEnd(state: EndState): Judge {
  return (book, [claim], answer) => {
    const { workId, attempt } = claim as Claim
    const record = recordOf(book, workId)
    const isKnown = knows(record, claim as Claim)
    const wasTheEnd = isKnown && record.end?.by === attempt && record.end.state === state
    const mayEnd = isKnown && record.end === null && record.latest === attempt && record.open.has(attempt)
    if (answer === true && !wasTheEnd && !mayEnd)
      book.violate(record.end === null ? 'not the latest attempt ended the work' : 'work was ended twice')
    if (answer === false && wasTheEnd) book.violate('an end that was said again was refused')
    if (answer === false && mayEnd) book.violate('the latest attempt was refused')
    if (answer !== true || !mayEnd) return
    record.end = { by: attempt, state }
    record.open.delete(attempt)
  }
}

/** A claim of before a replay is not known any more, though its number may have come again. */
function knows({ attemptOf }: WorkRecord, { token = '', attempt }: Claim): boolean {
  return attemptOf.get(token) === attempt
}

function noteGivenBack(book: Book, [claim]: readonly unknown[]): void {
  const { workId, attempt } = claim as Claim
  const record = recordOf(book, workId)
  if (knows(record, claim as Claim)) record.open.delete(attempt)
}

function judgeLease(book: Book, [request]: readonly unknown[], answer: unknown): void {
  const { holder, milliseconds } = request as { readonly holder: string; readonly milliseconds: number }
  if (answer !== true) return
  const { lease, now } = book
  if (lease !== null && lease.holder !== holder && lease.until > now())
    book.violate('a lease had two holders')
  book.lease = { holder, until: now() + milliseconds }
}

function noteEndOfLease(book: Book, [, holder]: readonly unknown[]): void {
  if (book.lease?.holder === holder) book.lease = null
}

/** Asks the store which work the entries are of; that work begins a new page. */
export async function judgeReplay(book: Book, store: Store, call: Call): Promise<unknown> {
  const [ids] = call.args as [readonly string[]]
  const entries = await Promise.all(ids.map(store.quarantineEntry))
  const workIds = new Set(entries.flatMap(entry => (entry?.replayed === null ? [entry.workId] : [])))
  const answer = await call.proceed()
  if (answer !== workIds.size) book.violate(`${workIds.size} work items were to be opened again`)
  for (const workId of workIds) {
    const { kind } = recordOf(book, workId)
    book.work.delete(workId)
    recordOf(book, workId, kind)
  }
  return answer
}
