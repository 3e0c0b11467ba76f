/**
 * Fiscal years, as the publisher counts them: FY N runs from 1 October N-1 to 30 September N.
 * A release carries the year's name ("FY2026"); commands and rows take it with or without "FY".
 */
import { ChartcodeError } from '../../model/errors.js'

export type ReleaseName = `FY${number}`

/** ICD-10-CM has been in force since FY2016; the first published order file is older. */
const FIRST_YEAR = 2010
const LAST_YEAR = 2099

export function releaseName(fiscalYear: number): ReleaseName {
  return `FY${fiscalYear}`
}

/** First day of validity, `YYYY-MM-DD`. */
export function firstDay(fiscalYear: number): string {
  return `${fiscalYear - 1}-10-01`
}

/** Last day of validity, `YYYY-MM-DD`. */
export function lastDay(fiscalYear: number): string {
  return `${fiscalYear}-09-30`
}

/** "FY2026", "fy2026" or "2026". Throws `usage`. */
export function parseFiscalYear(text: string): number {
  const year = Number(/^(?:FY)?(20\d\d)$/i.exec(text.trim())?.[1])
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) {
    throw new ChartcodeError('usage', `'${text}' is not a fiscal year: write FY2026 or 2026`)
  }
  return year
}

/** The fiscal year of a date of service. Throws `date-invalid` for what is no calendar date. */
export function fiscalYearOf(date: string): number {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date)
  const [year, month, day] = [Number(parts?.[1]), Number(parts?.[2]), Number(parts?.[3])]
  const calendar = new Date(Date.UTC(year, month - 1, day))
  if (parts === null || calendar.getUTCMonth() !== month - 1 || calendar.getUTCDate() !== day) {
    throw new ChartcodeError('date-invalid', `'${date}' is not a calendar date YYYY-MM-DD`)
  }
  return month >= 10 ? year + 1 : year
}
