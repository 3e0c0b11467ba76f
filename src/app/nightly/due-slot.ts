/**
 * When a night is due. A slot is a calendar date in the hospital's time zone, due from the time of day on; the
 * wall clock alone decides, so a time that does not exist (the clock goes forward) is due when the clock has
 * passed it, and one that comes twice (it goes back) is due once, for its date is then done. Of slots that
 * were missed (the machine was off) only the last is due.
 */

/** `HH:MM`, 24 hours. */
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/

export function isTimeOfDay(text: string): boolean {
  return TIME.test(text)
}

export function isTimeZone(name: string): boolean {
  try {
    wallClock(name)
    return true
  } catch {
    return false
  }
}

export interface WallClock {
  /** `YYYY-MM-DD` and `HH:MM` at an instant. */
  readonly at: (now: Date) => { readonly date: string; readonly time: string }
}

/** Throws `RangeError` for a name that is no time zone. */
export function wallClock(timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return {
    at: now => {
      const part = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]))
      return {
        date: `${part['year']}-${part['month']}-${part['day']}`,
        time: `${part['hour']}:${part['minute']}`,
      }
    },
  }
}

/** The newest slot whose time has come. */
export function newestSlot(clock: WallClock, now: Date, at: string): string {
  const { date, time } = clock.at(now)
  return time >= at ? date : dayBefore(date)
}

/** The slot that is to be run now, or null. `last`: the newest that was run; dates compare as text. */
export function dueSlot(newest: string, last: string): string | null {
  return newest > last ? newest : null
}

function dayBefore(date: string): string {
  const day = new Date(`${date}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() - 1)
  return day.toISOString().slice(0, 10)
}
