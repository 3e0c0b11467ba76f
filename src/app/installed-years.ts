/**
 * Which fiscal years have an installed release that can code, and its hash: three fields of `release.json`,
 * read without the schema, for every start of the program passes here. A file that does not have them is
 * refused; `dictionary verify` checks the rest.
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ChartcodeError } from '../model/errors.js'

export interface InstalledYear {
  readonly fiscalYear: number
  readonly hash: string
  /** Part → number of rows. */
  readonly parts: readonly InstalledPart[]
}

export interface InstalledPart {
  readonly kind: string
  readonly origin: string
  readonly verified: boolean
  readonly rows: number
}

/** Oldest first; none where nothing is installed. */
export function findInstalledYears(dataDirectory: string): InstalledYear[] {
  const directory = path.join(dataDirectory, 'releases', 'icd10cm')
  const years = new Map<number, InstalledYear>()
  // `.FY2026.previous` is what a release is called while it is replaced; the new one goes before it.
  for (const name of listNames(directory).sort().reverse()) {
    const year = /^\.?FY(\d{4})(?:\.previous)?$/.exec(name)?.[1]
    if (year === undefined || years.has(Number(year))) continue
    const record = readRecord(path.join(directory, name, 'release.json'))
    if (record !== null) years.set(Number(year), record)
  }
  const canCode = [...years.values()].filter(({ parts }) => parts.some(part => part.kind === 'order'))
  return canCode.sort((left, right) => left.fiscalYear - right.fiscalYear)
}

function listNames(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

function readRecord(file: string): InstalledYear | null {
  let json: string
  try {
    json = readFileSync(file, 'utf8')
  } catch {
    return null
  }
  try {
    const record = JSON.parse(json) as InstalledYear
    if (
      Number.isInteger(record.fiscalYear) &&
      /^[0-9a-f]{64}$/.test(record.hash) &&
      Array.isArray(record.parts)
    )
      return record
  } catch {
    // Refused below, with the damaged ones.
  }
  throw new ChartcodeError('release-unreadable', `${file} is damaged: install the release again`)
}
