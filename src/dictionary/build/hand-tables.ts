/** The tables of triggers, headings, general codes, rules, weights, body parts and drugs → what the compiler takes. */
import path from 'node:path'
import { readBodyParts } from '../lexicon/body-parts.js'
import { readDrugs } from '../lexicon/drugs.js'
import { readGeneralCodes } from '../lexicon/general-codes.js'
import { readRules } from '../lexicon/rules.js'
import { readScoreWeights } from '../lexicon/score-weights.js'
import { readSections } from '../lexicon/sections.js'
import { readTriggers } from '../lexicon/triggers.js'
import type { HandWritten } from './gather.js'

export function readHandTables(directory: string): HandWritten {
  return {
    triggers: readTriggers(path.join(directory, 'triggers.csv')),
    ...readSections(path.join(directory, 'sections.csv')),
    generalCodes: readGeneralCodes(path.join(directory, 'general-codes.csv')),
    rules: readRules(path.join(directory, 'rules')),
    scoreWeights: readScoreWeights(path.join(directory, 'score-weights.csv')),
    bodyParts: readBodyParts(path.join(directory, 'body-parts.csv')),
    drugs: readDrugs(path.join(directory, 'drugs.csv')),
  }
}
