/** The tables of triggers and headings → what the compiler takes. */
import path from 'node:path'
import { readSections } from '../lexicon/sections.js'
import { readTriggers } from '../lexicon/triggers.js'
import type { HandWritten } from './gather.js'

export function readHandTables(directory: string): HandWritten {
  return {
    triggers: readTriggers(path.join(directory, 'triggers.csv')),
    ...readSections(path.join(directory, 'sections.csv')),
  }
}
