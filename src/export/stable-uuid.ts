/**
 * Words → a UUID that is the same for the same words, today and on any machine: results hold no random number.
 * Version 8 of RFC 9562, which leaves the bits to whoever makes them; here they are those of SHA-256.
 */
import { createHash } from 'node:crypto'

export function stableUuid(...words: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(words), 'utf8').digest()
  hash[6] = ((hash[6] as number) & 0x0f) | 0x80
  hash[8] = ((hash[8] as number) & 0x3f) | 0x80
  const hex = hash.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  )
}
