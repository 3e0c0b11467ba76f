/** Token or character → the section it stands in. */
import type { Section } from '../model/document.js'
import { lastUpTo } from './last-up-to.js'

/** Place (a token, or an offset) → index of the section that holds it, 0 for what stands before the first. */
export type SectionIndexAt = (place: number) => number

/** `startOf`: a section's first place. */
export function indexSections(
  sections: readonly Section[],
  startOf: (section: Section) => number,
): SectionIndexAt {
  const starts = new Int32Array(sections.length)
  sections.forEach((section, i) => (starts[i] = startOf(section)))
  let last = 0
  return place => {
    last = Math.max(0, lastUpTo(starts, starts.length, place, last))
    return last
  }
}
