/** `chartcode batch`: files and directories of notes → a directory with results, errors and an account of the run. */
import { runBatch, type BatchProgress } from '../../app/batch/run-batch.js'
import { workerFile } from '../../app/coding/worker-file.js'
import { findDictionaries } from '../../app/dictionaries.js'
import { BATCH_FORMATS, resultsFormat } from '../../export/create-exporter.js'
import { ChartcodeError } from '../../model/errors.js'
import type { Arguments } from '../arguments.js'
import { EXIT, type Command } from '../command.js'
import { DETECT_OPTIONS, readRequest } from '../detect/request.js'
import type { Terminal } from '../terminal.js'
import { jobsFrom, limitsFrom, THREAD_OPTIONS } from './thread-options.js'
import { progressLine, summaryLine } from './progress-line.js'

export const batchCommand: Command = {
  spec: {
    name: 'batch',
    operands: 'INPUT… --out DIR',
    summary: 'code files and directories of notes, with worker threads',
    description:
      'Codes every note of the inputs: .txt, .ndjson, .jsonl, .csv, .tsv, .hl7, .er7 (HL7 v2), .xml, .ccda, .cda\n' +
      '(C-CDA), .fhir.ndjson, the same in .gz and .zip, and directories, which are searched for them. Inputs of\n' +
      'any size; the results are in the order of the input, whatever the number of threads.',
    options: [
      {
        name: 'out',
        value: 'DIR',
        description: 'where results.ndjson, errors.ndjson, duplicates.ndjson and run.json are written',
      },
      { name: 'resume', description: 'continue an interrupted run of the same inputs and options' },
      {
        name: 'format',
        value: 'FORMAT',
        description: 'of the results: ndjson, csv, fhir, brat or comprehend (default ndjson)',
      },
      ...THREAD_OPTIONS,
      ...DETECT_OPTIONS,
    ],
    notes: [
      'run.json accounts for every note: read = coded + nothingCodeable + duplicate + failed. What failed stands\nin errors.ndjson with its input, line, id and reason, a note that came before in duplicates.ndjson. A note\nthat passes its deadline or its memory twice has failed, and its neighbours have not.',
    ],
    examples: [
      'chartcode batch exports/ --out results',
      'chartcode batch tonight.ndjson --out results --jobs 8 --setting inpatient',
      'chartcode batch tonight.ndjson --out results --resume',
    ],
    exitCodes: { 3: 'some notes failed' },
  },
  run: async (args, terminal) => {
    const summary = await runBatch(await readBatchRequest(args, terminal))
    terminal.progress(summaryLine(summary))
    return summary.counts.failed > 0 ? EXIT.partial : EXIT.done
  },
}

async function readBatchRequest(args: Arguments, terminal: Terminal) {
  const { operands } = args
  const out = args.value('out')
  if (operands.length === 0)
    throw new ChartcodeError('usage', 'name the inputs: chartcode batch INPUT… --out DIR')
  if (operands.includes('-'))
    throw new ChartcodeError(
      'usage',
      'batch reads files and directories, for a run must be able to resume; `chartcode detect -` reads standard input',
    )
  if (out === undefined || out === '')
    throw new ChartcodeError('usage', 'name the directory of the results: --out DIR')
  const { format, options, defaults } = readRequest(args, { isTerminal: false }, BATCH_FORMATS)
  const jobs = jobsFrom(args)
  const dictionaries = await findDictionaries({
    dataDirectory: args.value('data-dir'),
    onBuild: year => {
      terminal.progress(`compiling the dictionary of FY${year}, once …`)
    },
  })
  return {
    paths: operands,
    out,
    resume: args.has('resume'),
    jobs,
    format: resultsFormat(format),
    task: { options, ...defaults },
    dictionaries,
    limits: limitsFrom(args),
    workerFile: workerFile('detect-worker'),
    onProgress: (progress: BatchProgress) => {
      terminal.ticker(progressLine(progress))
    },
    onNotice: terminal.warn,
  }
}
