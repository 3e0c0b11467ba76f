/**
 * Before a worker takes any work: every compiled dictionary that it may be asked for is whole, and that of today
 * is there. A worker with a damaged one would give back one note after another and never say why it is of no use.
 */
import type { Dictionaries } from '../dictionaries.js'
import { isBuilt } from '../../dictionary/snapshot-place.js'

/** Throws `snapshot-unreadable`, and what building a missing one throws. Other years are built when they are needed. */
export async function checkDictionaries({ years, choose, open }: Dictionaries): Promise<void> {
  const today = choose(null).fiscalYear
  for (const { fiscalYear, place } of years)
    if (fiscalYear === today || isBuilt(place)) await open(fiscalYear)
}
