/**
 * Any string → {@link Document}: the composition of this folder. Total over strings: NUL, lone
 * surrogates, right-to-left text and a line of a million words are read like anything else.
 */
import type { Document } from '../model/document.js'
import { findCheckBoxes } from './check-boxes.js'
import { correctSlips, NO_SLIPS } from './correct-slips.js'
import type { Headings } from './heading-forms.js'
import { createScratch, type Scratch } from './scratch.js'
import { findSections } from './sections.js'
import { createSentenceSplitter } from './sentences.js'
import type { Slips } from './slips.js'
import { tokenize } from './tokenize.js'
import type { Vocabulary } from './vocabulary.js'

export interface ReaderParts {
  readonly vocabulary: Vocabulary
  readonly headings: Headings
  /** Left out, words are read as they are spelt. */
  readonly slips?: Slips
}

/** Reads one note after another; each document is valid until the next call. */
export type Reader = (text: string) => Document

export function createReader({ vocabulary, headings, slips }: ReaderParts): Reader {
  let scratch: Scratch = createScratch(0)
  return text => {
    if (text.length + 2 > scratch.capacity) scratch = createScratch(text.length)
    const splitter = createSentenceSplitter(text, scratch)
    const count = tokenize(text, vocabulary, scratch, splitter.split)
    const sentences = splitter.end(count)
    const corrected = slips === undefined ? NO_SLIPS : correctSlips(text, slips, scratch)
    const sections = findSections(text, count, headings, scratch)
    const { start, end, id, gap, sentenceFirst } = scratch
    return {
      text,
      tokens: { count, start, end, id, gap },
      sentences: { count: sentences, first: sentenceFirst },
      sections,
      checkBoxes: findCheckBoxes(text),
      slips: corrected,
    }
  }
}
