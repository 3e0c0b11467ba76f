/** Many strings in two flat arrays, decoded one by one when asked for. */
export interface StringTable {
  readonly offsets: Uint32Array
  readonly bytes: Uint8Array
}

export function buildStrings(strings: readonly string[]): StringTable {
  const encoded = strings.map(string => Buffer.from(string, 'utf8'))
  const offsets = new Uint32Array(strings.length + 1)
  encoded.forEach((bytes, i) => (offsets[i + 1] = (offsets[i] as number) + bytes.length))
  return { offsets, bytes: new Uint8Array(Buffer.concat(encoded)) }
}

export function stringAt({ offsets, bytes }: StringTable, index: number): string {
  return Buffer.from(bytes.slice(offsets[index], offsets[index + 1])).toString('utf8')
}

/** The place of a string among the first `size`, which are sorted and ASCII; -1 where it is not there. */
export function findString(strings: StringTable, size: number, wanted: string): number {
  let low = 0
  let high = size - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const order = compareAt(strings, middle, wanted)
    if (order === 0) return middle
    if (order < 0) low = middle + 1
    else high = middle - 1
  }
  return -1
}

function compareAt({ offsets, bytes }: StringTable, index: number, wanted: string): number {
  const start = offsets[index] as number
  const length = (offsets[index + 1] as number) - start
  const shared = Math.min(length, wanted.length)
  for (let i = 0; i < shared; i++) {
    const difference = (bytes[start + i] as number) - wanted.charCodeAt(i)
    if (difference !== 0) return difference
  }
  return length - wanted.length
}
