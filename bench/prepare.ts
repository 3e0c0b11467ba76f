/**
 * What all suites share, prepared once in a directory of its own: the compiled dictionary (newest installed
 * release, or else the lexicon), the notes, the phrases, and the suites bundled by esbuild. Bundled, because a
 * loader that compiles TypeScript on the way would be timed with the start of a process.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { buildSnapshot } from '../src/dictionary/build-snapshot.js'
import { openRelease } from '../src/dictionary/releases/release-store.js'
import { findDictionaries } from '../src/app/dictionaries.js'
import { DICTIONARIES, PACKAGE_ROOT } from '../src/app/package-root.js'
import { makePhrases } from './phrases.js'

export interface Prepared {
  readonly directory: string
  readonly snapshot: string
  readonly notes: string
  readonly phrases: string
  /** For the header. */
  readonly dictionary: {
    readonly release: string
    readonly hash: string
    readonly phrases: number
    readonly buildSeconds: number
  }
  readonly corpus: {
    readonly name: string
    readonly notes: number
    readonly characters: number
    readonly hash: string
  }
}

/** Below `node_modules`, so that the bundles find the contestants' packages. */
const DIRECTORY = path.join(PACKAGE_ROOT, 'node_modules', '.cache', 'chartcode-bench')

export async function prepare(phraseCount: number): Promise<Prepared> {
  rmSync(DIRECTORY, { recursive: true, force: true })
  mkdirSync(DIRECTORY, { recursive: true })
  await bundleSuites()
  const corpus = findCorpus()
  const notes = path.join(DIRECTORY, 'notes.ndjson')
  const lines = corpus.texts.map(text => JSON.stringify(text)).join('\n')
  writeFileSync(notes, lines)
  const started = performance.now()
  const { snapshot, release, phrases } = await buildDictionary()
  const buildSeconds = (performance.now() - started) / 1000
  const phraseFile = path.join(DIRECTORY, 'phrases.txt')
  writeFileSync(phraseFile, (await makePhrases(phraseCount)).join('\n'))
  return {
    directory: DIRECTORY,
    snapshot,
    notes,
    phrases: phraseFile,
    dictionary: { release, phrases, buildSeconds, hash: sha256(readFileSync(snapshot)) },
    corpus: {
      name: corpus.name,
      notes: corpus.texts.length,
      characters: corpus.texts.reduce((sum, text) => sum + text.length, 0),
      hash: sha256(lines),
    },
  }
}

async function bundleSuites(): Promise<void> {
  const suites = path.join(PACKAGE_ROOT, 'bench', 'suites')
  await build({
    entryPoints: readdirSync(suites).map(name => path.join(suites, name)),
    outdir: DIRECTORY,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  })
}

async function buildDictionary(): Promise<{ snapshot: string; release: string; phrases: number }> {
  const { years, dataDirectory } = await findDictionaries()
  const newest = years.findLast(({ isInstalled }) => isInstalled) ?? years.at(-1)
  if (newest === undefined) throw new RangeError('no dictionary of any year')
  const { fiscalYear, isInstalled } = newest
  const release = isInstalled ? await openRelease(dataDirectory, fiscalYear) : undefined
  const place = { ...newest.place, directory: DIRECTORY }
  const built = await buildSnapshot({ dictionaries: DICTIONARIES, place, release })
  return {
    snapshot: built.file,
    release: `FY${fiscalYear}${isInstalled ? '' : ' (lexicon alone)'}`,
    phrases: built.phrases,
  }
}

/** Characters that a suite can count on: samples are repeated up to them. */
const SMALLEST_CORPUS = 1_500_000

function findCorpus(): { name: string; texts: string[] } {
  const shared = process.env.CHARTCODE_SHARED ?? path.resolve(PACKAGE_ROOT, '..', 'shared')
  const transcriptions = path.join(shared, 'gold', 'notes-mtsamples.jsonl')
  if (existsSync(transcriptions)) return { name: 'notes-mtsamples.jsonl', texts: textsOf(transcriptions) }
  const samples = textsOf(path.join(PACKAGE_ROOT, 'samples', 'notes.ndjson'))
  const texts: string[] = []
  for (let size = 0; size < SMALLEST_CORPUS;) {
    texts.push(...samples)
    size += samples.reduce((sum, text) => sum + text.length, 0)
  }
  return { name: 'samples/notes.ndjson, repeated', texts }
}

function textsOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => (JSON.parse(line) as { text: string }).text)
}

function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
