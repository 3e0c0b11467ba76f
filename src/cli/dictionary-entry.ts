/** `chartcode dictionary`: its own commands with the work that the composition root has: build, coverage, lexicon. */
import { CommanderError } from 'commander'
import { measureCoverage } from '../app/coverage.js'
import { embeddedYears, findDictionaries, type Dictionaries } from '../app/dictionaries.js'
import { measureLabels } from '../app/label-coverage.js'
import { readLexiconCodes } from '../app/lexicon-words.js'
import { DICTIONARIES } from '../app/package-root.js'
import { readSnapshot } from '../app/read-snapshot.js'
import { openDictionary } from '../dictionary/open-dictionary.js'
import { hashOfTables, snapshotFile } from '../dictionary/snapshot-place.js'
import { ChartcodeError } from '../model/errors.js'
import { createEngine, type Engine } from '../pipeline/engine.js'
import { createPartOfSpeech } from '../pipeline/part-of-speech.js'
import { EXIT, type OwnParser } from './command.js'
import {
  dictionaryCommand,
  type CoverageWork,
  type DictionaryWork,
  type OutputRow,
} from './dictionary/dictionary-command.js'
import type { Terminal } from './terminal.js'

export const dictionaryEntry: OwnParser = {
  spec: {
    name: 'dictionary',
    operands: 'list|install|build|verify|diff|coverage',
    summary: "install, compile, check and compare the publishers' releases",
  },
  runWords: async (words, terminal) => {
    let exitCode: number = EXIT.done
    const { rest, dataDirectory } = takeCommonOptions(words)
    const command = dictionaryCommand({
      dataDirectory,
      print: terminal.print,
      warn: terminal.warn,
      progress: terminal.progress,
      terminal: terminal.isTerminal,
      setExitCode: code => (exitCode = code),
      build,
      coverage: work => coverage(work, terminal),
      lexiconCodes: () => Promise.resolve(readLexiconCodes()),
    })
    command.name('chartcode dictionary')
    command.addHelpText(
      'after',
      '\nOf every command:\n  --data-dir DIR  where releases and compiled dictionaries are kept [CHARTCODE_DATA_DIR]\n  --quiet         no progress on standard error\n\nExit codes: 0 done, 1 failed, 2 wrong usage.',
    )
    try {
      await command.parseAsync(rest, { from: 'user' })
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error
      // Commander has printed what it has to say.
      return error.exitCode === 0 ? EXIT.done : EXIT.usage
    }
    return exitCode
  },
}

/** `--data-dir DIR` and `--quiet` stand anywhere, as with the other commands. */
function takeCommonOptions(words: readonly string[]): { rest: string[]; dataDirectory: string | undefined } {
  const rest: string[] = []
  let dataDirectory: string | undefined
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string
    if (word === '--data-dir') {
      dataDirectory = words[++i]
      if (dataDirectory === undefined)
        throw new ChartcodeError('usage', '--data-dir needs a value: --data-dir DIR')
    } else if (word.startsWith('--data-dir=')) dataDirectory = word.slice('--data-dir='.length)
    else if (word !== '--quiet') rest.push(word)
  }
  return { rest, dataDirectory }
}

async function build({
  dataDirectory,
  fiscalYear,
  onProgress,
}: DictionaryWork): Promise<readonly OutputRow[]> {
  const dictionaries = await findDictionaries({ dataDirectory })
  const year = chosenYear(dictionaries, fiscalYear)
  onProgress(`compiling FY${year} …`)
  const started = performance.now()
  const { phrases, words, bytes, file } = await dictionaries.build(year)
  return [
    {
      release: `FY${year}`,
      phrases,
      words,
      bytes: bytes.length,
      bytesPerPhrase: Math.round((10 * bytes.length) / phrases) / 10,
      seconds: Math.round((performance.now() - started) / 100) / 10,
      file,
    },
  ]
}

async function coverage(
  { dataDirectory, fiscalYear, files }: CoverageWork,
  terminal: Terminal,
): Promise<readonly OutputRow[]> {
  const dictionaries = await findDictionaries({
    dataDirectory,
    onBuild: year => {
      terminal.progress(`compiling the dictionary of FY${year}, once …`)
    },
  })
  const year = chosenYear(dictionaries, fiscalYear)
  const dictionary = openDictionary(await dictionaries.open(year))
  const rows =
    files.length === 0
      ? measureCoverage(dictionary)
      : await measureLabels(files, { dictionary, engine: await createLexiconEngine(year) })
  return rows.map(row => ({ release: `FY${year}`, ...row }))
}

/** Of the lexicon alone, whatever is installed. */
async function createLexiconEngine(fiscalYear: number): Promise<Engine> {
  const years = embeddedYears(hashOfTables(DICTIONARIES))
  const year = years.find(known => known.fiscalYear === fiscalYear) ?? years.at(-1)
  if (year === undefined) throw new RangeError('the package has no dictionary of its own')
  const snapshot = await readSnapshot(snapshotFile(year.place))
  return createEngine(openDictionary(snapshot), createPartOfSpeech())
}

function chosenYear(dictionaries: Dictionaries, fiscalYear: number | null): number {
  if (fiscalYear === null) return dictionaries.choose(null).fiscalYear
  const known = dictionaries.years.map(year => year.fiscalYear)
  if (known.includes(fiscalYear)) return fiscalYear
  throw new ChartcodeError(
    'release-missing',
    `FY${fiscalYear} is not installed: chartcode dictionary install FY${fiscalYear}`,
  )
}
