/**
 * Whether words, by their ids, stand one after the other from a token on. A loop and no `every`: it is asked of every
 * token of a sentence, and a closure would be made for each.
 */
export function standsAt(ids: readonly number[], token: number, id: Int32Array): boolean {
  for (let i = 0; i < ids.length; i++) if (id[token + i] !== ids[i]) return false
  return true
}
