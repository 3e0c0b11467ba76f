/**
 * R15: two years of nights in seconds. Clocks jump by an hour, summer time begins and ends, machines sleep over
 * the slot and die in a night, two processes watch: each night is run exactly once, one that was missed is made
 * up for once, and no file is taken while it is written.
 */
import path from 'node:path'
import { figureAtMost, figureEqual, type Programme } from '../programme.js'
import { HOSPITAL_YEARS } from '../sim/hospital-year.js'
import { simulateNights } from '../sim/nights.js'

const NIGHTS = 365

export const programme: Programme = {
  id: 'R15',
  title: 'every night once, whatever the clocks and the machines do',
  run: async ({ directory, random, tell }) => {
    const started = performance.now()
    const figures = []
    for (const year of HOSPITAL_YEARS) {
      const place = path.join(directory, path.basename(year.timeZone))
      const outcome = await simulateNights({ year, nights: NIGHTS, directory: place, random: random.fork() })
      const { looks, due, ran, crashed, notResumed, atOnce, files } = outcome
      // The first look begins the schedule: the night before it belongs to nobody.
      const [first, ...nights] = [...due].sort()
      const slept = calendar(first ?? '', nights.at(-1) ?? '').filter(night => !due.has(night))
      const missed = nights.filter(night => !ran.has(night))
      const twice = [...ran.values()].filter(times => times > 1)
      const unasked = [...ran.keys()].filter(night => night === first || !due.has(night))
      tell(
        `${year.timeZone}: ${looks} looks, ${ran.size} nights run, ${slept.length} slept through, ${crashed} deaths, ${files.finished} files`,
      )
      figures.push(
        figureEqual(`${path.basename(year.timeZone)}: nights not run`, missed.length, 0),
        figureEqual('run twice', twice.length, 0),
        figureEqual('run unasked', unasked.length, 0),
        figureEqual('run or slept through', ran.size + slept.length, NIGHTS),
        figureEqual('at once', atOnce, 1),
        figureEqual('deaths that were not taken up', notResumed, 0),
        figureEqual('files taken unfinished', files.takenUnfinished, 0),
        figureEqual('files taken twice', files.takenTwice, 0),
        figureAtMost('files left over', files.finished - files.takenOnce, 2),
      )
    }
    return { figures: [...figures, figureAtMost('time', (performance.now() - started) / 1000, 5, 's')] }
  },
}

/** Every night from the first to the last, the first itself left out. */
function calendar(first: string, last: string): string[] {
  const nights: string[] = []
  for (let night = first; night < last;) {
    night = new Date(Date.parse(night) + 86_400_000).toISOString().slice(0, 10)
    nights.push(night)
  }
  return nights
}
