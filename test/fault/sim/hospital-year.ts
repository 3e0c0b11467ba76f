/**
 * The wall clocks of two hospitals, by hand: the changes of 2026 as their laws print them, so that the schedule
 * is judged by another source than the one that it asks. Times are UTC.
 */
export interface HospitalYear {
  readonly timeZone: string
  /** Hours from UTC in winter. */
  readonly winter: number
  /** The first instant of summer time and the first after it. */
  readonly summer: readonly [from: number, until: number]
  /** Time of the slot until the middle of the year and after it: one that spring leaves out, one that autumn has twice. */
  readonly at: readonly [string, string]
}

export const HOSPITAL_YEARS: readonly HospitalYear[] = [
  {
    timeZone: 'America/Chicago',
    winter: -6,
    // Second Sunday of March and first of November, 02:00 of the wall clock.
    summer: [Date.UTC(2026, 2, 8, 8), Date.UTC(2026, 10, 1, 7)],
    at: ['02:30', '01:30'],
  },
  {
    timeZone: 'Europe/Berlin',
    winter: 1,
    // Last Sundays of March and October, 01:00 UTC.
    summer: [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)],
    at: ['02:30', '02:30'],
  },
]

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** The night that a wall clock which shows this instant means: the date, or the one before where the time has not come. */
export function nightOf({ winter, summer: [from, until] }: HospitalYear, now: number, at: string): string {
  const isSummer = now >= from && now < until
  const wall = new Date(now + (winter + (isSummer ? 1 : 0)) * HOUR_MS)
  const hasCome = wall.toISOString().slice(11, 16) >= at
  return new Date(wall.getTime() - (hasCome ? 0 : DAY_MS)).toISOString().slice(0, 10)
}
