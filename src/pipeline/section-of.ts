/** Token or offset → the section it stands in, by halving. */
import type { Document, Section } from '../model/document.js'

export interface SectionLocator {
  readonly ofToken: (token: number) => string
  readonly ofOffset: (offset: number) => string
  /** The note has a section of one of these ids. */
  readonly has: (...ids: readonly string[]) => boolean
}

export function locateSections({ sections, tokens }: Document): SectionLocator {
  const idAt = (isBefore: (section: Section) => boolean): string => {
    let low = 0
    let high = sections.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (isBefore(sections[middle] as Section)) low = middle
      else high = middle - 1
    }
    return sections[low]?.id ?? 'none'
  }
  return {
    ofToken: token => idAt(section => section.firstToken <= token),
    ofOffset: offset => idAt(section => (tokens.start[section.firstToken] ?? 0) <= offset),
    has: (...ids) => sections.some(section => ids.includes(section.id)),
  }
}
