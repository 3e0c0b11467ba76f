/** `chartcode code`: one code with its place in the hierarchy. */
import { readCodePage, type CodeLine, type CodePage } from '../../app/code-page.js'
import { readLexiconWords } from '../../app/lexicon-words.js'
import { createPaint } from '../../export/paint.js'
import { ChartcodeError } from '../../model/errors.js'
import { EXIT, type Command } from '../command.js'
import { LOOKUP_OPTIONS, openForDate, wantsJson } from './open-for-date.js'

export const codeCommand: Command = {
  spec: {
    name: 'code',
    operands: 'CODE',
    summary: 'show a code: title, billable or not, parents, children',
    description:
      "Shows an ICD-10-CM code, with or without its dot: title, billable or not, what stands above and below\nit, and the lexicon's words for it.",
    options: LOOKUP_OPTIONS,
    examples: ['chartcode code E11.22', 'chartcode code e1122 --date 2025-03-01 --format json'],
    exitCodes: { 1: 'no such code' },
  },
  run: async (args, terminal) => {
    const [code, ...others] = args.operands
    if (code === undefined || others.length > 0)
      throw new ChartcodeError('usage', 'name one code: chartcode code E11.22')
    const asJson = wantsJson(args, terminal)
    const dictionary = await openForDate(args, terminal)
    const page = readCodePage(dictionary, code, readLexiconWords(dictionary.identity.fiscalYear))
    terminal.print(asJson ? `${JSON.stringify(page, null, 2)}\n` : pageText(page, terminal.colour))
    return EXIT.done
  },
}

function pageText(page: CodePage, colour: boolean): string {
  const paint = createPaint(colour)
  const list = (title: string, lines: readonly CodeLine[]) =>
    lines.length === 0
      ? []
      : [
          `  ${title}`,
          ...lines.map(
            line =>
              `    ${paint.code(line.code.padEnd(8))}  ${line.display}${line.billable ? '' : '  (header)'}`,
          ),
        ]
  return [
    `${paint.bold(page.code)}  ${page.display}`,
    paint.dim(`  ${page.billable ? 'billable' : 'header, not billable'} · ${page.release}`),
    ...(page.lexicon.length === 0 ? [] : [`  lexicon: ${page.lexicon.join(', ')}`]),
    ...list('above', page.parents),
    ...list('below', page.children),
    '',
  ].join('\n')
}
