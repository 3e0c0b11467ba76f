/** `chartcode search`: codes by words, best first. */
import { readLexiconWords } from '../../app/lexicon-words.js'
import { searchCodes } from '../../app/search-codes.js'
import { createPaint } from '../../export/paint.js'
import { ChartcodeError } from '../../model/errors.js'
import { numberFrom } from '../arguments.js'
import { EXIT, type Command } from '../command.js'
import { LOOKUP_OPTIONS, openForDate, wantsJson } from './open-for-date.js'

const LIMIT = 20

export const searchCommand: Command = {
  spec: {
    name: 'search',
    operands: 'WORDS…',
    summary: 'find codes by words',
    description:
      'Finds the ICD-10-CM codes whose title, or one wording of which in the lexicon, holds all the words. Plurals,\nspellings and words of the same meaning are one.',
    options: [
      ...LOOKUP_OPTIONS,
      { name: 'limit', value: 'N', description: `at most so many codes (default ${LIMIT})` },
    ],
    examples: [
      'chartcode search type 2 diabetes kidney',
      'chartcode search "fracture of wrist" --format json',
    ],
    exitCodes: { 1: 'nothing found' },
  },
  run: async (args, terminal) => {
    const words = args.operands.join(' ').trim()
    if (words === '') throw new ChartcodeError('usage', 'name the words: chartcode search type 2 diabetes')
    const limit = numberFrom(args, 'limit', { least: 1, most: 100_000, whole: true }) ?? LIMIT
    const asJson = wantsJson(args, terminal)
    const dictionary = await openForDate(args, terminal)
    const hits = searchCodes(dictionary, readLexiconWords(dictionary.identity.fiscalYear), { words, limit })
    const { code: paintCode } = createPaint(terminal.colour)
    if (asJson) terminal.print(`${JSON.stringify(hits, null, 2)}\n`)
    else
      for (const { code, display, billable } of hits)
        terminal.print(`${paintCode(code.padEnd(8))}  ${display}${billable ? '' : '  (header)'}\n`)
    if (hits.length === 0) terminal.progress('no code holds all these words: try fewer')
    return hits.length === 0 ? EXIT.failed : EXIT.done
  },
}
