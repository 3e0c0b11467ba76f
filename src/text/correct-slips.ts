/**
 * Unknown words of a note → the ids of the words that were meant, in place; answers the tokens that it changed.
 * A capital inside a sentence begins a name, and names are left alone.
 */
import { GAP } from '../model/document.js'
import type { Scratch } from './scratch.js'
import { SHORTEST, type Slips } from './slips.js'

export function correctSlips(text: string, slips: Slips, scratch: Scratch): ReadonlySet<number> {
  const { id, start, end, gap, folded, unknown } = scratch
  let corrected: Set<number> | undefined
  for (let i = 0; (unknown[i] as number) >= 0; i++) {
    const token = unknown[i] as number
    const from = start[token] as number
    const to = end[token] as number
    if (to - from < SHORTEST) continue
    const unit = text.charCodeAt(from)
    if (unit >= 0x41 && unit <= 0x5a && !((gap[token] as number) & GAP.sentence)) continue
    const word = slips.find(folded, from, to)
    if (word === 0) continue
    id[token] = word
    corrected = (corrected ?? new Set()).add(token)
  }
  return corrected ?? NO_SLIPS
}

export const NO_SLIPS: ReadonlySet<number> = new Set()
