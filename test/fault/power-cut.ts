/**
 * A power cut, as far as files show it: what was written last and not yet forced to the disk is gone. Killing a
 * process does not do that, for the kernel keeps what it was given. Each file is cut to the size it had a while ago:
 * for Redis with `appendfsync everysec` 1.2 s and more.
 *
 * Only for files that are appended to, and only while their program is dead. It knows nothing of fsync: with
 * `appendfsync always`, or for PostgreSQL, it would take away what was safe.
 */
import { readdirSync, statSync, truncateSync } from 'node:fs'
import path from 'node:path'

export interface PowerLine {
  /** Cuts to the sizes of at least so long ago; answers how many bytes are gone. */
  readonly cut: (ageMs: number) => number
  readonly stop: () => void
}

const SAMPLE_MS = 50

/** Sizes older than this are of no use to anybody. */
const KEPT_MS = 30_000

/** Watches the files below the directory whose names pass. */
export function watchSizes(directory: string, isAppended: (name: string) => boolean): PowerLine {
  const samples: { readonly at: number; readonly sizes: ReadonlyMap<string, number> }[] = []
  const sample = (): void => {
    const at = performance.now()
    samples.push({ at, sizes: sizesOf(directory, isAppended) })
    while ((samples[0]?.at ?? at) < at - KEPT_MS) samples.shift()
  }
  sample()
  const timer = setInterval(sample, SAMPLE_MS)
  return {
    cut: ageMs => {
      const before = performance.now() - ageMs
      const { sizes } = samples.filter(({ at }) => at <= before).at(-1) ?? samples[0]!
      let gone = 0
      for (const [file, size] of sizesOf(directory, isAppended)) {
        const kept = Math.min(size, sizes.get(file) ?? 0)
        if (kept < size) truncateSync(file, kept)
        gone += size - kept
      }
      return gone
    },
    stop: () => {
      clearInterval(timer)
    },
  }
}

function sizesOf(directory: string, isAppended: (name: string) => boolean): Map<string, number> {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter(isAppended)
  const files = names.map(name => path.join(directory, name))
  return new Map(files.map(file => [file, statSync(file, { throwIfNoEntry: false })?.size ?? 0]))
}
