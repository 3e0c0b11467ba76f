/** Token or offset → the section it stands in. */
import type { Document } from '../model/document.js'
import { indexSections } from '../text/section-at.js'

export interface SectionLocator {
  readonly ofToken: (token: number) => string
  readonly ofOffset: (offset: number) => string
  /** The token is part of a heading. */
  readonly inHeading: (token: number) => boolean
  /** The note has a section of one of these ids. */
  readonly has: (...ids: readonly string[]) => boolean
}

export function locateSections({ sections, tokens }: Document): SectionLocator {
  const byToken = indexSections(sections, section => section.firstToken)
  const byOffset = indexSections(sections, section => tokens.start[section.firstToken] ?? 0)
  return {
    ofToken: token => sections[byToken(token)]?.id ?? 'none',
    ofOffset: offset => sections[byOffset(offset)]?.id ?? 'none',
    inHeading: token => (tokens.start[token] as number) < (sections[byToken(token)]?.headingEnd ?? 0),
    has: (...ids) => sections.some(section => ids.includes(section.id)),
  }
}
