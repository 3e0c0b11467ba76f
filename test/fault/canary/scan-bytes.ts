/**
 * Finds any of some hundred byte strings in bytes, in one pass. A library for text would not do: what is
 * searched is binary, and half the needles are. The case of ASCII letters does not count.
 */
import { needlesOf, type Needle } from './forms.js'
import { CANARIES, type Canary } from './strings.js'

export interface Hit {
  /** Id of the canary. */
  readonly canary: string
  readonly form: string
  /** Of its first byte. */
  readonly at: number
}

export interface Scanner {
  /** By offset. A canary is found once a place, though several of its forms may be there. */
  readonly scan: (bytes: Uint8Array) => Hit[]
  /** Bytes that two pieces of one file must have in common, so that nothing is missed between them. */
  readonly overlap: number
  readonly needles: number
}

/** The fewest bytes of a needle: fewer would be found by chance. */
const SHORTEST = 8

export function createScanner(canaries: readonly Canary[] = CANARIES): Scanner {
  const needles = canaries.flatMap(needlesOf).map(needle => ({ ...needle, bytes: lowered(needle.bytes) }))
  const short = needles.filter(({ bytes }) => bytes.length < SHORTEST)
  if (short.length > 0) throw new RangeError(`${short[0]?.canary} is too short to be looked for`)
  // A table of the first two bytes lets most places pass; four bytes decide which needles to compare.
  const starts = new Uint8Array(65_536)
  const byStart = new Map<number, Needle[]>()
  for (const needle of needles) {
    starts[needle.bytes.readUInt16BE(0)] = 1
    const key = needle.bytes.readUInt32BE(0)
    byStart.set(key, [...(byStart.get(key) ?? []), needle])
  }
  const scan = (bytes: Uint8Array): Hit[] => {
    const text = lowered(bytes)
    const hits: Hit[] = []
    for (let at = 0; at + SHORTEST <= text.length; at++) {
      if (starts[((text[at] as number) << 8) | (text[at + 1] as number)] === 0) continue
      for (const needle of byStart.get(text.readUInt32BE(at)) ?? [])
        if (text.subarray(at, at + needle.bytes.length).equals(needle.bytes))
          hits.push({ canary: needle.canary, form: needle.form, at })
    }
    return hits.filter(
      (hit, at) => at === 0 || hits[at - 1]?.canary !== hit.canary || hits[at - 1]?.at !== hit.at,
    )
  }
  return { scan, overlap: Math.max(...needles.map(({ bytes }) => bytes.length)) - 1, needles: needles.length }
}

const LOWER = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte,
)

function lowered(bytes: Uint8Array): Buffer {
  const copy = Buffer.allocUnsafe(bytes.length)
  for (let at = 0; at < bytes.length; at++) copy[at] = LOWER[bytes[at] as number] as number
  return copy
}
