/** `chartcode assert`: stretches of texts → whether they hold, how sure, when and of whom. Line by line. */
import { createAsserter } from '../../app/asserter.js'
import { findDictionaries } from '../../app/dictionaries.js'
import { createEngines } from '../../app/engines.js'
import type { RawNote } from '../../intake/raw-note.js'
import { parseSpanLine, type SpanRecord } from '../../intake/span-record.js'
import { ChartcodeError } from '../../model/errors.js'
import type { Reject } from '../../model/note.js'
import { EXIT, type Command } from '../command.js'
import { streamLines } from '../detect/stream-notes.js'

export const assertCommand: Command = {
  spec: {
    name: 'assert',
    operands: 'FILE|-',
    summary: 'say of stretches of text whether they hold, how sure, when and of whom',
    description:
      'Reads NDJSON {id, text, start, end} (UTF-16 offsets, end exclusive) and writes NDJSON\n' +
      '{id, presence, certainty, temporality, experiencer, relative?, cues}, a line each, in order.',
    options: [
      { name: 'explain', description: 'each cue with its scope: the stretch of the text that it rules' },
    ],
    notes: [
      'Rows that share a text should follow one another: it is then read once. A line that cannot be read\nbecomes one JSON object {line, id?, error} on standard error; the rest goes on.',
    ],
    examples: [
      'chartcode assert spans.ndjson',
      `echo '{"id":"1","text":"Denies chest pain.","start":7,"end":17}' | chartcode assert -`,
    ],
    exitCodes: { 3: 'some lines failed' },
  },
  run: async (args, terminal) => {
    const [file = '-', ...others] = args.operands
    if (others.length > 0) throw new ChartcodeError('usage', 'assert reads one FILE, or - for standard input')
    const dictionaries = await findDictionaries({ dataDirectory: args.value('data-dir') })
    const { engine } = await createEngines(dictionaries).forDate(null)
    const assertIn = createAsserter(engine, args.has('explain'))
    let failed = 0
    let count = 0
    for await (const raw of streamLines(file)) {
      count += 1
      const row = readRow(raw)
      if ('error' in row) {
        failed += 1
        terminal.warn(JSON.stringify(row))
      } else terminal.print(`${JSON.stringify({ id: row.id, ...assertIn(row.text, row) })}\n`)
    }
    if (count === 0)
      throw new ChartcodeError(
        'input-empty',
        `${file === '-' ? 'standard input' : file} is empty: there is nothing to assert`,
      )
    return failed > 0 ? EXIT.partial : EXIT.done
  },
}

function readRow(raw: RawNote): SpanRecord | Reject {
  return raw.kind === 'reject' ? raw.reject : parseSpanLine(raw.bytes, raw.kind === 'json' ? raw.line : 1)
}
