/**
 * Looks for canaries in every column of the store. A few are there to hold notes, results or ids from outside,
 * and are named here; in any other a canary is a leak, also one that is added next year.
 */
import type { Pool } from 'pg'
import type { Scanner } from './scan-bytes.js'
import { scanPlace, type PlacedHit } from './scan-files.js'

const MEANT_FOR_NOTES: ReadonlySet<string> = new Set([
  'notes.body',
  'notes.external_id',
  // HL7 names the facility in each message.
  'notes.facility',
  'results.result',
  'quarantine.external_id',
])

export interface StoreScan {
  readonly hits: readonly PlacedHit[]
  readonly bytes: number
  /** Of the columns that are meant for notes, those that held canaries: the notes were there. */
  readonly expected: readonly string[]
}

export async function scanStore(scanner: Scanner, pool: Pick<Pool, 'query'>): Promise<StoreScan> {
  const { rows: tables } = await pool.query<{ readonly name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'chartcode'`,
  )
  const hits: PlacedHit[] = []
  const expected = new Set<string>()
  let bytes = 0
  for (const { name } of tables) {
    const { rows } = await pool.query<Record<string, unknown>>(`SELECT * FROM chartcode."${name}"`)
    for (const [column, value] of rows.flatMap(row => Object.entries(row))) {
      const place = `${name}.${column}`
      const content = bytesOf(value)
      const found = scanPlace(scanner, place, content)
      bytes += content.length
      if (!MEANT_FOR_NOTES.has(place)) hits.push(...found)
      else if (found.length > 0) expected.add(place)
    }
  }
  return { hits, bytes, expected: [...expected].sort() }
}

function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value
  return Buffer.from(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
}
