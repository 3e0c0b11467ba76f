/** What stands today for a code that was valid once. */
import { findString } from '../snapshot/strings.js'
import type { Snapshot } from '../snapshot/decode.js'

/** The entry of its successor, or -1. */
export type SuccessorOf = (code: string) => number

export function openRetired(snapshot: Snapshot): SuccessorOf {
  const codes = {
    offsets: snapshot.section<Uint32Array>('retired.offsets'),
    bytes: snapshot.section<Uint8Array>('retired.bytes'),
  }
  const by = snapshot.section<Uint32Array>('retired.by')
  return code => by[findString(codes, by.length, code)] ?? -1
}
