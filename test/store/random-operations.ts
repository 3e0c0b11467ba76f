/**
 * Random operations on a store, and the model that says what each must answer. The model is a list of items
 * and of the claims that were ever given out: stale ones are used as often as the latest.
 */
import fc from 'fast-check'
import { expect } from 'vitest'
import type { AcceptedNote, Claim, Priority, Store } from '../../src/store/store.js'
import { accept, noteOf, outcomeOf } from './store-under-test.js'

interface Item {
  readonly workId: string
  readonly facility: string
  readonly priority: Priority
  state: 'open' | 'done' | 'quarantined'
  attempt: number
  token: string | null
  /** Of every claim since the work was opened. */
  readonly attemptOf: Map<string, number>
  isDispatched: boolean
  /** Attempts that neither ended nor were given back. */
  unended: Set<number>
}

interface Model {
  /** In the order of acceptance, by facility and id. */
  readonly items: Map<string, Item>
  readonly claims: { readonly claim: Claim; readonly item: Item; endedAs: Item['state'] | null }[]
  tokens: number
}

export function createModel(): Model {
  return { items: new Map(), claims: [], tokens: 0 }
}

type Step = (model: Model, store: Store) => Promise<void>

const FACILITIES = ['north', 'south', 'east'] as const

function acceptNotes(ids: readonly number[], facility: string, priority: Priority): Step {
  return async (model, store) => {
    const answers = await accept(store, ...ids.map(id => noteOf(`n${id}`, { facility, priority })))
    ids.forEach((id, at) => {
      const key = `${facility} ${id}`
      const known = model.items.get(key)
      const answer = answers[at] as AcceptedNote
      expect(answer.isNew).toBe(known === undefined)
      if (known !== undefined) return expect(answer.workId).toBe(known.workId)
      const { workId } = answer
      model.items.set(key, { workId, facility, priority, state: 'open', ...newlyOpen() })
    })
  }
}

const newlyOpen = () => ({
  attempt: 0,
  token: null,
  attemptOf: new Map<string, number>(),
  isDispatched: false,
  unended: new Set<number>(),
})

function take(limit: number): Step {
  return async (model, store) => {
    const waiting = [...model.items.values()].filter(item => item.state === 'open' && !item.isDispatched)
    const taken = await store.takeForDispatch(limit)
    const items = taken.map(({ workId }) => waiting.find(item => item.workId === workId)!)
    expect(taken.map(({ priority }) => priority)).toEqual(
      waiting
        .map(({ priority }) => priority)
        .sort()
        .slice(0, limit),
    )
    for (const facility of FACILITIES)
      for (const priority of [1, 2, 3]) {
        const isOf = (item: Item): boolean => item.facility === facility && item.priority === priority
        expect(items.filter(isOf)).toEqual(waiting.filter(isOf).slice(0, items.filter(isOf).length))
      }
    for (const item of items) item.isDispatched = true
  }
}

function takeBack(): Step {
  return async (model, store) => {
    const dispatched = [...model.items.values()].filter(item => item.state === 'open' && item.isDispatched)
    expect(await store.countDispatched()).toBe(dispatched.length)
    const back = dispatched.filter((_, at) => at % 2 === 0)
    await store.takeBackDispatch(back.map(({ workId }) => workId))
    for (const item of back) item.isDispatched = false
  }
}

function claim(pick: number, isRepeated: boolean): Step {
  return async (model, store) => {
    const item = pickOf([...model.items.values()], pick)
    if (item === undefined) return
    const used = isRepeated ? pickOf([...item.attemptOf.keys()], pick) : undefined
    const token = used ?? `t${++model.tokens}`
    const answer = await store.claim({ workId: item.workId, worker: 'w', token })
    expect(answer === null).toBe(item.state !== 'open')
    if (answer === null) return
    if (used === undefined) {
      item.attempt += 1
      item.token = token
      item.attemptOf.set(token, item.attempt)
      item.unended.add(item.attempt)
    }
    const attempt = item.attemptOf.get(token) as number
    expect(answer).toMatchObject({ attempt })
    if (used === undefined) expect(answer.unended).toBe([...item.unended].filter(one => one < attempt).length)
    model.claims.push({ claim: answer, item, endedAs: null })
  }
}

function end(pick: number, state: 'done' | 'quarantined'): Step {
  return async (model, store) => {
    const known = pickOf(model.claims, pick)
    if (known === undefined) return
    const { item, claim } = known
    const isLatest = item.token === claim.token && item.attempt === claim.attempt
    const isCommitted = isLatest && (item.state === 'open' || item.state === state)
    const entry = { reason: 'note-deadline', stage: 'detect', attempts: 1, sha256: '' } as const
    const answer = state === 'done' ? store.commitNote(claim, outcomeOf('r')) : store.quarantine(claim, entry)
    expect(await answer).toBe(isCommitted)
    if (!isCommitted || item.state !== 'open') return
    item.state = state
    item.unended.delete(claim.attempt)
  }
}

function giveBack(pick: number): Step {
  return async (model, store) => {
    const known = pickOf(model.claims, pick)
    if (known === undefined) return
    const { item, claim } = known
    await store.giveBack(claim)
    if (item.attemptOf.get(claim.token ?? '') === claim.attempt) item.unended.delete(claim.attempt)
    if (item.state !== 'open' || item.token !== claim.token || item.attempt !== claim.attempt) return
    item.token = null
    item.isDispatched = false
  }
}

function replay(pick: number): Step {
  return async (model, store) => {
    const entry = pickOf(await store.quarantined({ limit: 100 }), pick)
    if (entry === undefined) return
    const item = [...model.items.values()].find(({ workId }) => workId === entry.workId)!
    const isReplayed = entry.replayed === null
    expect(await store.replay([entry.quarantineId])).toBe(isReplayed ? 1 : 0)
    if (!isReplayed) return
    expect(item.state).toBe('quarantined')
    Object.assign(item, { state: 'open', ...newlyOpen() })
  }
}

const place = fc.nat({ max: 50 })
const ids = fc.array(fc.nat({ max: 8 }), { minLength: 1, maxLength: 4 })
const facility = fc.constantFrom(...FACILITIES)
const priority = fc.constantFrom<Priority>(1, 2, 3)

const named = (name: string, step: Step): fc.AsyncCommand<Model, Store> => ({
  check: () => true,
  toString: () => name,
  run: async (model, store) => {
    await step(model, store)
    await conserves(model, store)
  },
})

export const anyOperation: fc.Arbitrary<fc.AsyncCommand<Model, Store>> = fc.oneof(
  fc
    .tuple(ids, facility, priority)
    .map(([list, where, rank]) => named(`accept ${list.join()} of ${where}`, acceptNotes(list, where, rank))),
  fc.nat({ max: 6 }).map(limit => named(`take ${limit}`, take(limit))),
  fc.constant(named('take back', takeBack())),
  fc.tuple(place, fc.boolean()).map(([at, again]) => named(`claim ${at} ${again}`, claim(at, again))),
  place.map(at => named(`commit ${at}`, end(at, 'done'))),
  place.map(at => named(`quarantine ${at}`, end(at, 'quarantined'))),
  place.map(at => named(`give back ${at}`, giveBack(at))),
  place.map(at => named(`replay ${at}`, replay(at))),
)

async function conserves({ items }: Model, store: Store): Promise<void> {
  const counts = await store.counts()
  const of = (state: Item['state']): number => [...items.values()].filter(item => item.state === state).length
  const expected = {
    accepted: items.size,
    done: of('done'),
    quarantined: of('quarantined'),
    open: of('open'),
  }
  expect(counts).toEqual(expected)
  expect(counts.accepted).toBe(counts.done + counts.quarantined + counts.open)
}

function pickOf<T>(list: readonly T[], pick: number): T | undefined {
  return list.length === 0 ? undefined : list[pick % list.length]
}
