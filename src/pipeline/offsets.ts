/** UTF-16 offsets of a result → code points or bytes of UTF-8, in one pass over the text. */
import type { NoteResult, OffsetUnit } from '../model/result.js'

export function convertOffsets(result: NoteResult, text: string, unit: OffsetUnit): NoteResult {
  const at = offsetTable(text, unit)
  return { ...(convert(result, at) as NoteResult), offsets: unit }
}

/** UTF-16 offset → offset in `unit`. A lone surrogate counts as the replacement character it encodes to. */
function offsetTable(text: string, unit: OffsetUnit): Uint32Array {
  const table = new Uint32Array(text.length + 1)
  let count = 0
  for (let i = 0; i < text.length;) {
    const point = text.codePointAt(i) as number
    const units = point > 0xffff ? 2 : 1
    for (let k = 0; k < units; k++) table[i + k] = count
    count += unit === 'codepoint' ? 1 : bytesOf(point)
    i += units
  }
  table[text.length] = count
  return table
}

function bytesOf(point: number): number {
  if (point < 0x80) return 1
  if (point < 0x800) return 2
  return point < 0x10000 ? 3 : 4
}

/** Every object with a numeric `start` and `end` is a span. */
function convert(value: unknown, at: Uint32Array): unknown {
  if (Array.isArray(value)) return value.map(item => convert(item, at))
  if (typeof value !== 'object' || value === null) return value
  const converted: Record<string, unknown> = {}
  for (const [key, item] of Object.entries(value))
    converted[key] =
      (key === 'start' || key === 'end') && typeof item === 'number' ? at[item] : convert(item, at)
  return converted
}
