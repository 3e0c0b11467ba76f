/** Token or offset → the section it stands in, by halving. */
import type { Document, Section } from '../model/document.js'

export interface SectionLocator {
  readonly ofToken: (token: number) => string
  readonly ofOffset: (offset: number) => string
  /** The token is part of a heading. */
  readonly inHeading: (token: number) => boolean
  /** The note has a section of one of these ids. */
  readonly has: (...ids: readonly string[]) => boolean
}

export function locateSections({ sections, tokens }: Document): SectionLocator {
  const sectionAt = (isBefore: (section: Section) => boolean): Section | undefined => {
    let low = 0
    let high = sections.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if (isBefore(sections[middle] as Section)) low = middle
      else high = middle - 1
    }
    return sections[low]
  }
  return {
    ofToken: token => sectionAt(section => section.firstToken <= token)?.id ?? 'none',
    ofOffset: offset => sectionAt(section => (tokens.start[section.firstToken] ?? 0) <= offset)?.id ?? 'none',
    inHeading: token =>
      (tokens.start[token] as number) < (sectionAt(section => section.firstToken <= token)?.headingEnd ?? 0),
    has: (...ids) => sections.some(section => ids.includes(section.id)),
  }
}
