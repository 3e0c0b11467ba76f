/** The answer of Redis to INFO, lines `name:value` between headings, as a table. */
export function readInfo(text: string): ReadonlyMap<string, string> {
  const fields = text.split(/\r?\n/).flatMap(line => {
    const colon = line.indexOf(':')
    return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1)] as const] : []
  })
  return new Map(fields)
}
