/** A phrase found in the note, chosen among overlapping ones: the words for which a code is sought. */
import type { Sense } from '../model/dictionary.js'

export interface Mention {
  /** First token and the token after the last. */
  readonly firstToken: number
  readonly endToken: number
  /** The tokens that carry the phrase, ascending; all of the range where the words stand together. */
  readonly tokens: readonly number[]
  readonly phrase: number
  readonly senses: readonly Sense[]
}
