/** `chartcode detect`: notes from files or standard input → candidates on standard output, note by note. */
import { findDictionaries, type Dictionaries } from '../../app/dictionaries.js'
import { createExporter } from '../../export/create-exporter.js'
import type { Note, Reject } from '../../model/note.js'
import { EXIT, type Command } from '../command.js'
import { readNotes } from './read-notes.js'
import { DETECT_OPTIONS, readRequest } from './request.js'

export const detectCommand: Command = {
  spec: {
    name: 'detect',
    operands: '[FILE…|-]',
    summary: 'propose codes for notes',
    description:
      'Proposes codes for each note, with the words that justify them and the reason for what is not coded.\n' +
      'FILE is a plain text file (one note), .ndjson or .jsonl (one note a line: {id, text, setting?,\n' +
      'dateOfService?, patient?}), .csv or .tsv (columns id, text, setting, date_of_service, …), .hl7, .xml\n' +
      '(C-CDA), .fhir.ndjson, or one of these in .gz or .zip. Without FILE, or with -, standard input is read:\n' +
      'NDJSON if it begins with {, HL7 v2 if it begins with MSH|, otherwise one note with the id "-".',
    options: [
      {
        name: 'format',
        value: 'FORMAT',
        description:
          'table, json, ndjson, csv, fhir, brat or comprehend (default: table on a terminal, else ndjson)',
      },
      ...DETECT_OPTIONS,
    ],
    notes: [
      'json is one object for one note and an array for several; fhir is one Bundle a line, brat the .ann file\nof one note, comprehend the response of InferICD10CM a line. A line that cannot be read becomes one JSON\nobject {line, id?, error} on standard error; the rest goes on.',
    ],
    examples: [
      'chartcode detect note.txt',
      'chartcode detect --setting inpatient --date 2026-02-10 --explain note.txt',
      'chartcode detect --format csv notes.ndjson > candidates.csv',
      'cat note.txt | chartcode detect --format json -',
    ],
    exitCodes: { 3: 'some notes failed' },
  },
  run: async (args, terminal) => {
    const request = readRequest(args, terminal)
    const dictionaries = await findDictionaries({
      dataDirectory: args.value('data-dir'),
      onBuild: year => {
        terminal.progress(`compiling the dictionary of FY${year}, once …`)
      },
    })
    const open = openAhead(dictionaries, request.defaults.dateOfService ?? null)
    const { createDetector } = await import('./detector.js')
    const detectNote = createDetector({ choose: dictionaries.choose, open }, request)
    const exporter = createExporter(request.format, {
      colour: terminal.colour,
      explain: request.options.explain,
    })
    let failed = 0
    terminal.print(exporter.begin)
    for await (const read of readNotes(args.operands, terminal)) {
      if (isReject(read)) {
        failed += 1
        if (!('isReported' in read)) terminal.warn(JSON.stringify(read))
      } else terminal.print(exporter.note(await detectNote(read)))
    }
    terminal.print(exporter.end())
    return failed > 0 ? EXIT.partial : EXIT.done
  },
}

/** The dictionary of notes without a date is read while the engine is loaded: a third of the start. */
function openAhead({ choose, open }: Dictionaries, date: string | null): Dictionaries['open'] {
  const { fiscalYear } = choose(date)
  const ahead = open(fiscalYear)
  // Whoever asks for it learns of the failure.
  ahead.catch(() => undefined)
  return year => (year === fiscalYear ? ahead : open(year))
}

function isReject(read: Note | Reject): read is Reject {
  return 'error' in read
}
