/** Results as JSON: one object a line (`ndjson`), or indented (`json`): one note its object, several an array. */
import type { NoteResult } from '../model/result.js'
import type { Exporter } from './exporter.js'

export function ndjsonExporter(): Exporter {
  return { begin: '', note: result => `${JSON.stringify(result)}\n`, end: () => '' }
}

/** The first note waits for the second: only then it is known whether an array begins. */
export function jsonExporter(): Exporter {
  let count = 0
  let first: string | undefined
  return {
    begin: '',
    note: (result: NoteResult) => {
      const json = JSON.stringify(result, null, 2)
      count += 1
      if (count === 1) {
        first = json
        return ''
      }
      return count === 2 ? `[\n${first},\n${json}` : `,\n${json}`
    },
    end: () => (count === 0 ? '' : count === 1 ? `${first}\n` : '\n]\n'),
  }
}
