/**
 * The codes that can be billed in another branch, for a candidate with given characters behind it: `S93.41` and
 * `S93.409A` → `S93.419A`. Where the branch has no such code: what is unspecified there, or else all of its leaves.
 */
import type { Catalogue } from '../../model/dictionary.js'
import { countOpen } from './title-words.js'

/** `rest`: the candidate's characters behind those of the branch's place. */
export function completed(branch: number, rest: string, catalogue: Catalogue): number[] {
  if (catalogue.isBillable(branch)) return [branch]
  const same = catalogue.find(catalogue.code(branch) + rest)
  if (same >= 0 && catalogue.isBillable(same)) return [same]
  const children = catalogue.children(branch)
  const title = catalogue.title(branch)
  const plain = children.find(child => isPlain(catalogue.title(child), title))
  if (plain !== undefined) return completed(plain, '', catalogue)
  return children.flatMap(child => completed(child, '', catalogue))
}

/** It adds nothing that words must say. */
function isPlain(title: string, above: string): boolean {
  return (
    countOpen(title) > countOpen(above) ||
    /\buncomplicated\b|without complications?\b|, initial encounter/.test(title)
  )
}
