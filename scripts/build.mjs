/**
 * Sources → `dist/`: the bundled program, the library entry, the worker threads, type declarations, and the
 * compiled dictionaries of the lexicon alone (`dist/snapshots`). Run by `npm run build`, and by `npm ci`
 * through `prepare`. Packages stay outside the bundle; files are split so that a command loads what it needs.
 */
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const ROOT = path.resolve(import.meta.dirname, '..')
const DIST = path.join(ROOT, 'dist')
/** A change in one of these makes another dictionary of the same tables. */
const COMPILER_SOURCES = ['dictionary', 'text', 'match', 'codes', 'model']

const started = performance.now()
for (const name of ['cli', 'chunks', 'workers', 'types', 'index.js'])
  rmSync(path.join(DIST, name), { recursive: true, force: true })
await bundle()
markExecutable(path.join(DIST, 'cli', 'main.js'))
await emitDeclarations()
await buildSnapshots()
console.log(`dist: built in ${((performance.now() - started) / 1000).toFixed(1)} s`)

/** Two bundles: what the command line shares with the library would come in more, smaller files to load. */
async function bundle() {
  const workers = readdirSync(path.join(ROOT, 'workers')).filter(name => name.endsWith('.ts'))
  const buildId = hashOfCompiler()
  const define = { CHARTCODE_BUILD_ID: JSON.stringify(buildId) }
  // For programs that run from source beside the built one and must mean the same dictionaries.
  mkdirSync(DIST, { recursive: true })
  writeFileSync(path.join(DIST, 'build-id'), buildId)
  await bundleEntries([{ in: 'src/cli/main.ts', out: 'cli/main' }], 'cli', define)
  const library = [
    { in: 'src/index.ts', out: 'index' },
    { in: 'src/app/embedded-snapshots.ts', out: 'chunks/embedded-snapshots' },
    ...workers.map(name => ({ in: `workers/${name}`, out: `workers/${name.replace(/\.ts$/, '')}` })),
  ]
  await bundleEntries(library, 'chunks', define)
}

function bundleEntries(entryPoints, chunks, define) {
  return build({
    absWorkingDir: ROOT,
    entryPoints,
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    chunkNames: `${chunks}/[name]-[hash]`,
    define,
    logLevel: 'warning',
  })
}

function hashOfCompiler() {
  const hash = createHash('sha256')
  for (const folder of COMPILER_SOURCES) {
    const directory = path.join(ROOT, 'src', folder)
    for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()) {
      if (!name.endsWith('.ts')) continue
      hash
        .update(`${folder}/${name.replaceAll(path.sep, '/')}\0`)
        .update(readFileSync(path.join(directory, name)))
    }
  }
  return hash.digest('hex').slice(0, 16)
}

function markExecutable(file) {
  const source = readFileSync(file, 'utf8')
  if (!source.startsWith('#!')) writeFileSync(file, `#!/usr/bin/env node\n${source}`)
  chmodSync(file, 0o755)
}

/** Declarations of the library entry and of what it exports; the types are checked by `npm run typecheck`. */
async function emitDeclarations() {
  const { default: ts } = await import('typescript')
  const config = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(
    { ...config.config, include: [], files: ['src/index.ts'] },
    ts.sys,
    ROOT,
  )
  const program = ts.createProgram([path.join(ROOT, 'src', 'index.ts')], {
    ...options,
    noEmit: false,
    noCheck: true,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: ROOT,
    outDir: path.join(DIST, 'types'),
  })
  const { diagnostics, emitSkipped } = program.emit()
  if (!emitSkipped && diagnostics.length === 0) return
  throw new Error(`declarations: ${ts.formatDiagnostics(diagnostics, formatHost(ts))}`)
}

function formatHost(ts) {
  return {
    getCurrentDirectory: () => ROOT,
    getCanonicalFileName: name => name,
    getNewLine: () => ts.sys.newLine,
  }
}

/** The bundled program compiles the dictionaries, so that they carry its build id. */
async function buildSnapshots() {
  const module = path.join(DIST, 'chunks', 'embedded-snapshots.js')
  if (!existsSync(module)) throw new Error(`${module} was not bundled`)
  const { buildEmbeddedSnapshots } = await import(pathToFileURL(module).href)
  await buildEmbeddedSnapshots(line => console.log(line))
}
