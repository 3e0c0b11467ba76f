/**
 * Which release answers for a date of service. Pure: dates and installed years in, a choice out.
 * No date: the newest installed. A date whose release is not installed: the nearest earlier one, or
 * before the first the nearest later; `substituted` then becomes the finding `release-substituted`.
 */
import { ChartcodeError } from '../../model/errors.js'
import { fiscalYearOf, releaseName, type ReleaseName } from './fiscal-year.js'

export interface ReleaseChoice {
  readonly fiscalYear: number
  readonly release: ReleaseName
  /** `true` if the date belongs to another release, which is not installed. */
  readonly substituted: boolean
  /** The fiscal year the date belongs to; null without a date. */
  readonly wanted: number | null
}

/** Throws `release-missing` if nothing is installed and `date-invalid` for what is no date. */
export function chooseRelease(dateOfService: string | null, installed: readonly number[]): ReleaseChoice {
  const wanted = dateOfService === null ? null : fiscalYearOf(dateOfService)
  const years = [...installed].sort((left, right) => left - right)
  const newest = years.at(-1)
  const oldest = years[0]
  if (newest === undefined || oldest === undefined) {
    throw new ChartcodeError(
      'release-missing',
      'no ICD-10-CM release is installed: chartcode dictionary install, or install --from FILE',
    )
  }
  const fiscalYear = wanted === null ? newest : (years.findLast(year => year <= wanted) ?? oldest)
  return {
    fiscalYear,
    release: releaseName(fiscalYear),
    substituted: wanted !== null && wanted !== fiscalYear,
    wanted,
  }
}
