/**
 * The pipeline of a piece of work: engine, dictionaries and options, by whose key a result is stored. A worker
 * codes only what it would code byte for byte as the one who submitted it meant.
 */
import { createHash } from 'node:crypto'
import { snapshotKey } from '../../dictionary/snapshot-place.js'
import type { CodingJob } from '../coding/code-chunk.js'
import type { Dictionaries } from '../dictionaries.js'
import { ENGINE_VERSION } from '../version.js'

export interface WorkPipeline {
  readonly engine: string
  /** The years that can be chosen, and the key of each one's compiled dictionary. */
  readonly dictionaries: readonly { readonly release: string; readonly key: string }[]
  readonly job: CodingJob
}

/** Long enough that no two meet, short enough for a log line. */
const KEY_DIGITS = 32

export function describePipeline(dictionaries: Dictionaries, job: CodingJob): WorkPipeline {
  return {
    engine: ENGINE_VERSION,
    dictionaries: dictionaries.years.map(({ fiscalYear, place }) => ({
      release: `FY${fiscalYear}`,
      key: snapshotKey(place),
    })),
    job,
  }
}

export function pipelineKey({ engine, dictionaries, job }: WorkPipeline): string {
  const { format, task } = job
  const { options, setting, dateOfService } = task
  const { systems, minScore, offsets, explain } = options
  const parts = [
    engine,
    dictionaries.map(({ release, key }) => [release, key]),
    [format, setting ?? null, dateOfService ?? null, [...systems], minScore, offsets, explain],
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, KEY_DIGITS)
}
