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
