/** What a file holds, by the ending of its name: notes line by line, rows of a table, or one note. */
export type InputKind = 'ndjson' | 'csv' | 'text'

export function kindOfFile(name: string): InputKind {
  const ending = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase()
  if (ending === 'ndjson' || ending === 'jsonl') return 'ndjson'
  return ending === 'csv' ? 'csv' : 'text'
}

/** The endings that a directory is searched for. */
export const KNOWN_ENDINGS = ['.txt', '.ndjson', '.jsonl', '.csv'] as const

export function hasKnownEnding(name: string): boolean {
  return KNOWN_ENDINGS.some(ending => name.toLowerCase().endsWith(ending))
}
