/**
 * R19 in small: the laws hold over random schedules of faults, and the simulation finds each of the mistakes
 * that it is there to find. A failure names its seed; `npm run fault -- R19 --seed N` shows it again.
 */
import { describe, expect, it } from 'vitest'
import type { Claim, Store } from '../../../src/store/store.js'
import { codeWork } from '../../../src/app/work/code-work.js'
import { dispatch } from '../../../src/app/work/dispatch.js'
import { reconcileAndDispatch, simulate, type SimulationOutcome, type SimulationParts } from './simulate.js'

const SEEDS = Array.from({ length: 300 }, (_, at) => at + 1)

describe('simulated schedules', () => {
  it('keep the laws', async () => {
    const broken: string[] = []
    let [notes, claims] = [0, 0]
    for (const seed of SEEDS) {
      const outcome = await simulate(seed)
      if (outcome.violations.length > 0) broken.push(`seed ${seed}: ${outcome.violations.join('; ')}`)
      notes += outcome.notes
      claims += outcome.claims
    }
    expect(broken).toEqual([])
    expect(notes).toBeGreaterThan(1_000)
    // Faults did happen: many attempts came to nothing.
    expect(claims).toBeGreaterThan(1.15 * notes)
  })

  it('are the same for the same seed, step by step', async () => {
    const [one, other, another] = [await simulate(5), await simulate(5), await simulate(6)]
    expect(one.trace.length).toBeGreaterThan(50)
    expect(other).toEqual(one)
    expect(another.trace).not.toEqual(one.trace)
  })
})

/** The first schedule that finds the mistake; it is run again, because a failure must replay. */
async function firstFailure(parts: () => SimulationParts): Promise<SimulationOutcome | null> {
  for (const seed of SEEDS) {
    const outcome = await simulate(seed, parts())
    if (outcome.violations.length === 0) continue
    expect(await simulate(seed, parts())).toEqual(outcome)
    return outcome
  }
  return null
}

const altered = (alter: (store: Store) => Partial<Store>) => (): SimulationParts => ({
  alterStore: store => ({ ...store, ...alter(store) }),
})

/** Whoever commits is taken for the latest. */
function withoutFence(store: Store): Partial<Store> {
  const latest = new Map<string, Claim>()
  return {
    claim: async request => {
      const claim = await store.claim(request)
      if (claim !== null) latest.set(claim.workId, claim)
      return claim
    },
    commitNote: (claim, outcome) => store.commitNote(latest.get(claim.workId) ?? claim, outcome),
  }
}

/** A claim that is repeated, because its answer was lost, is a new one. */
function withForgetfulTokens(store: Store): Partial<Store> {
  let calls = 0
  const withoutToken = ({ token: _, ...claim }: Claim): Claim => claim
  return {
    claim: async request => {
      const claim = await store.claim({ ...request, token: `${request.token} ${++calls}` })
      return claim === null ? null : { ...claim, token: request.token }
    },
    commitNote: (claim, outcome) => store.commitNote(withoutToken(claim), outcome),
    commitChunk: (claim, outcome) => store.commitChunk(withoutToken(claim), outcome),
    quarantine: (claim, entry) => store.quarantine(withoutToken(claim), entry),
    giveBack: claim => store.giveBack(withoutToken(claim)),
  }
}

function withForgottenNotes(store: Store): Partial<Store> {
  let calls = 0
  const forgotten = (hash: string): string => `${hash} ${++calls}`
  return {
    acceptNotes: ({ pipeline, notes }) =>
      store.acceptNotes({
        pipeline,
        notes: notes.map(note => ({ ...note, contentHash: forgotten(note.contentHash) })),
      }),
  }
}

/** Says that it was written, and it was not. */
function withEmptyCommits(store: Store): Partial<Store> {
  let commits = 0
  return {
    commitNote: (claim, outcome) =>
      ++commits % 5 === 0 ? Promise.resolve(true) : store.commitNote(claim, outcome),
  }
}

const MISTAKES: readonly {
  readonly title: string
  readonly parts: () => SimulationParts
  readonly found: RegExp
}[] = [
  {
    title: 'nobody looks for jobs that were lost',
    parts: () => ({ dispatchOnce: async parts => void (await dispatch(parts)) }),
    found: /left open for ever/,
  },
  {
    title: 'a reconciler that takes the silence of the queue for life',
    parts: () => ({
      dispatchOnce: async ({ store, queue }) => {
        const alive = async (workIds: readonly string[]): Promise<ReadonlySet<string>> => new Set(workIds)
        await reconcileAndDispatch({ store, queue: { ...queue, alive } })
      },
    }),
    found: /left open for ever/,
  },
  {
    title: 'no fence',
    parts: altered(withoutFence),
    found: /not the latest attempt ended the work|ended twice/,
  },
  {
    title: 'a claim whose answer was lost counts twice',
    parts: altered(withForgetfulTokens),
    found: /the same token got another attempt/,
  },
  {
    title: 'a note that is sent again is a new one',
    parts: altered(withForgottenNotes),
    found: /one note was accepted as two|a used key was accepted/,
  },
  { title: 'a commit that writes nothing', parts: altered(withEmptyCommits), found: /notes were done, not/ },
  {
    title: 'work that killed its process is never done alone',
    parts: () => ({
      workOnce: (workId, parts) => codeWork(workId, { ...parts, codeAlone: parts.code }),
    }),
    found: /left open for ever/,
  },
  {
    title: 'what was given back is taken for a death',
    parts: altered(() => ({ giveBack: async () => {} })),
    found: /attempts had not ended/,
  },
]

describe('the simulation finds', () => {
  it.each(MISTAKES)('$title', async ({ parts, found }) => {
    const outcome = await firstFailure(parts)
    expect(outcome?.violations.join('; ')).toMatch(found)
  })
})
