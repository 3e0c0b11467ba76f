/** What changes between two releases, counted as the publisher counts. */
import { describe, expect, it } from 'vitest'

import { diffReleases } from '../../../src/dictionary/releases/diff-releases.js'
import { installFromPaths } from '../../../src/dictionary/releases/install.js'
import { openRelease } from '../../../src/dictionary/releases/release-store.js'
import { orderFile, rows } from '../../sources/invented-files.js'
import { LOCK_2026, temporaryDirectory, writeFiles } from './invented-release.js'

async function diff(before: string, after: string) {
  const dataDirectory = await temporaryDirectory()
  const directory = await writeFiles({
    'order-2025.txt': orderFile(rows(before)),
    'order-2026.txt': orderFile(rows(after)),
  })
  await installFromPaths([directory], { dataDirectory, lock: LOCK_2026, acceptUnverified: true })
  return diffReleases(await openRelease(dataDirectory, 2025), await openRelease(dataDirectory, 2026))
}

describe('from one release to the next', () => {
  it('a code that turns into a header is removed from the one list and added to the other', async () => {
    const { billable, headers, becameHeader } = await diff(
      `B88 0 Mites
       B880 1 Mites of one kind`,
      `B88 0 Mites
       B880 0 Mites of one kind
       B8801 1 Mites of the face`,
    )
    expect(billable.added.map(row => row.code)).toEqual(['B8801'])
    expect(billable.removed.map(row => row.code)).toEqual(['B880'])
    expect(headers.added.map(row => row.code)).toEqual(['B880'])
    expect(becameHeader).toEqual(['B880'])
  })

  it('a revised title counts once, in its own list', async () => {
    const { billable, headers } = await diff(
      `B88 0 Mites
       B880 1 Mites of one kind`,
      `B88 0 Mites and ticks
       B880 1 Mites of a kind`,
    )
    expect(headers.revised).toEqual([{ code: 'B88', from: 'Mites', to: 'Mites and ticks' }])
    expect(billable.revised).toEqual([{ code: 'B880', from: 'Mites of one kind', to: 'Mites of a kind' }])
    expect([billable.added, billable.removed, headers.added, headers.removed]).toEqual([[], [], [], []])
  })

  it('a code that disappears is removed, and its header too', async () => {
    const { billable, headers } = await diff(
      `B88 0 Mites
       B880 1 Mites of one kind
       B89 1 Parasites`,
      'B89 1 Parasites',
    )
    expect([billable.removed, headers.removed].map(list => list.map(row => row.code))).toEqual([
      ['B880'],
      ['B88'],
    ])
  })
})
