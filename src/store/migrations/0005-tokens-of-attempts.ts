/**
 * By which token each attempt was claimed: a claim that is repeated after another one gets its own attempt
 * again, and an attempt that was overtaken can still be given back.
 */
import type { Migration } from './migration.js'

export const tokensOfAttempts: Migration = {
  number: 5,
  name: 'tokens-of-attempts',
  sql: `
ALTER TABLE chartcode.attempts ADD COLUMN token text;
`,
}
