/** The counts that workers reported of a batch's chunks; duplicates are told when it is put together. */
import type { Batch } from '../../store/store.js'

export interface ReportedCounts {
  readonly read: number
  readonly coded: number
  readonly nothingCodeable: number
  readonly failed: number
}

export function countsOf({ counts }: Batch): ReportedCounts {
  const of = (name: keyof ReportedCounts): number => counts[name] ?? 0
  return {
    read: of('read'),
    coded: of('coded'),
    nothingCodeable: of('nothingCodeable'),
    failed: of('failed'),
  }
}
