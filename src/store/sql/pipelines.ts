/** Pipelines by their keys. */
import type { Database } from '../database.js'
import type { Store } from '../store.js'
import { fromStoredText, toStoredText } from './stored-text.js'

export function createPipelines(database: Database): Pick<Store, 'definePipeline' | 'pipeline'> {
  return {
    definePipeline: async (key, definition) => {
      const text =
        'INSERT INTO chartcode.pipelines (key, definition) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING'
      await database.query(text, [key, toStoredText(definition)])
    },
    pipeline: async key => {
      const text = 'SELECT definition FROM chartcode.pipelines WHERE key = $1'
      const [row] = (await database.query<{ readonly definition: string }>(text, [key])).rows
      return row === undefined ? null : fromStoredText(row.definition)
    },
  }
}
