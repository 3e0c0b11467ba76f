/** What a run is told, merged once with the defaults and passed as data; part of every result. */
import { ChartcodeError } from '../model/errors.js'
import type { CodeSystem } from '../model/code.js'
import type { OffsetUnit } from '../model/result.js'
import { DEFAULT_MIN_SCORE } from '../candidates/score/confidence.js'

export interface DetectOptions {
  readonly systems: readonly CodeSystem[]
  readonly minScore: number
  readonly offsets: OffsetUnit
  readonly explain: boolean
}

export const DEFAULT_OPTIONS: DetectOptions = {
  systems: ['icd10cm'],
  minScore: DEFAULT_MIN_SCORE,
  offsets: 'utf16',
  explain: false,
}

const SYSTEMS: readonly CodeSystem[] = ['icd10cm', 'cpt', 'hcpcs']

/** `icd10cm,cpt` → systems in their fixed order. */
export function parseSystems(text: string): CodeSystem[] {
  const wanted = text.split(',').map(name => name.trim().toLowerCase())
  const unknown = wanted.find(name => !SYSTEMS.includes(name as CodeSystem))
  if (unknown !== undefined || wanted.length === 0)
    throw new ChartcodeError('usage', `--systems: ${unknown ?? ''} is none of ${SYSTEMS.join(', ')}`)
  return SYSTEMS.filter(system => wanted.includes(system))
}
