/**
 * Every law of the port, on PostgreSQL, on PGlite, and on the store in memory that the simulation runs on: what
 * is found there is true of the others too.
 */
import { afterAll, beforeEach, describe } from 'vitest'
import { acceptanceLaws } from './laws/acceptance.js'
import { batchLaws } from './laws/batches.js'
import { claimLaws } from './laws/claims.js'
import { conservationLaws } from './laws/conservation.js'
import { dispatchLaws } from './laws/dispatch.js'
import { encodingLaws } from './laws/encoding.js'
import { leaseLaws } from './laws/leases.js'
import { lostReplyLaws } from './laws/lost-replies.js'
import { quarantineLaws } from './laws/quarantine.js'
import { openInMemory, openOnPglite, openOnPostgres, type StoreUnderTest } from './store-under-test.js'

// A database is started before the tests are known, so that those of one that is missing are skipped by name.
const backends: readonly { readonly name: string; readonly opened: StoreUnderTest | null }[] = [
  { name: 'PostgreSQL', opened: await openOnPostgres() },
  { name: 'PGlite', opened: await openOnPglite() },
  { name: 'memory', opened: openInMemory() },
]

describe.each(backends)('a store on $name', ({ opened }) => {
  const suite = opened === null ? describe.skip : describe
  const store = (): StoreUnderTest['store'] => opened!.store

  beforeEach(() => opened?.reset())
  afterAll(() => opened?.stop())

  suite('acceptance', () => acceptanceLaws(store))
  suite('dispatch', () => dispatchLaws(store))
  suite('claims and commits', () => claimLaws(store))
  suite('batches', () => batchLaws(store))
  suite('quarantine and replay', () => quarantineLaws(store))
  suite('leases and slots', () => leaseLaws(store))
  suite('encoding', () => encodingLaws(store))
  // Only what is asked over a connection can be lost on it.
  if (opened?.database !== null)
    suite('calls and replies that are lost', () => lostReplyLaws(() => opened!.database!))
  suite('conservation', () => conservationLaws(store, () => opened!.reset()))
})
