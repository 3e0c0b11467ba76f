#!/usr/bin/env node
/**
 * `npm test`: formatting, lint, types, a fresh build, then the tests; each runs even where one before it
 * failed, so one run shows everything. The last line is always `N passed, N failed, N skipped`: every test
 * counts, and each tool as one. Any failure is exit 1.
 *
 * Needs no Redis, PostgreSQL, browser, network or publisher's release: tests that want them are skipped
 * and named. With CHARTCODE_REQUIRE_SERVICES=1 (as in CI) a skipped test is a failure.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
/** What the bundle is made of; newer than the bundle means that it is stale. */
const BUILT_FROM = ['src', 'workers', 'dictionaries', 'scripts/build.mjs', 'package.json']

const tools = [
  { name: 'format', run: () => runBin('prettier', ['--check', '--log-level', 'warn', '.']) },
  { name: 'lint', run: () => runBin('eslint', ['.', '--max-warnings', '0']) },
  { name: 'types', run: () => runBin('tsc', ['--noEmit']) },
  { name: 'build', run: refreshBuild },
]

const total = { passed: 0, failed: 0, skipped: 0 }
for (const { name, run } of tools) {
  console.log(`\n== ${name}`)
  const isGood = run()
  total[isGood ? 'passed' : 'failed'] += 1
  console.log(`${name}: ${isGood ? 'passed' : 'FAILED'}`)
}
console.log('\n== tests')
count(runTests())
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed > 0 ? 1 : 0

/** A tool of node_modules, without a shell and without npx. */
function runBin(name, args, env = {}) {
  const manifest = path.join(ROOT, 'node_modules', packageOf(name), 'package.json')
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'))
  const file = path.join(path.dirname(manifest), typeof bin === 'string' ? bin : bin[name])
  return runNode([file, ...args], env)
}

function packageOf(bin) {
  return bin === 'tsc' ? 'typescript' : bin
}

function runNode(args, env = {}) {
  const options = { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } }
  return spawnSync(process.execPath, args, options).status === 0
}

/** Builds where `dist` is missing or older than what it is made of. */
function refreshBuild() {
  const built = newest(['dist/cli/main.js'])
  if (built > newest(BUILT_FROM)) {
    console.log('dist is newer than its sources')
    return true
  }
  console.log('dist is missing or older than its sources: building')
  return runNode(['scripts/build.mjs'])
}

/** Time of the newest file at or below the paths, 0 where there is none. */
function newest(paths) {
  let time = 0
  for (const name of paths) {
    const start = statSync(path.join(ROOT, name), { throwIfNoEntry: false })
    if (start === undefined) continue
    time = Math.max(time, start.isFile() ? start.mtimeMs : 0)
    if (!start.isDirectory()) continue
    for (const entry of readdirSync(path.join(ROOT, name), { recursive: true, withFileTypes: true }))
      if (entry.isFile()) time = Math.max(time, statSync(path.join(entry.parentPath, entry.name)).mtimeMs)
  }
  return time
}

/** Runs vitest; its report as JSON, or null where it did not get as far. */
function runTests() {
  const directory = mkdtempSync(path.join(tmpdir(), 'chartcode-test-'))
  const report = path.join(directory, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const isGood = runBin('vitest', ['run', ...reporters])
    return { isGood, report: JSON.parse(readFileSync(report, 'utf8')) }
  } catch (error) {
    console.log(`no report of the tests: ${error.message}`)
    return null
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function count(outcome) {
  if (outcome === null) {
    total.failed += 1
    return
  }
  const { isGood, report } = outcome
  const tests = report.testResults.flatMap(file =>
    file.assertionResults.map(test => ({ ...test, file: path.relative(ROOT, file.name) })),
  )
  const of = (...states) => tests.filter(test => states.includes(test.status))
  const skipped = of('pending', 'skipped', 'todo', 'disabled')
  const mayBeSkipped = process.env.CHARTCODE_REQUIRE_SERVICES !== '1'
  for (const [file, names] of groupByFile(skipped)) console.log(`skipped: ${file}: ${names.join(' · ')}`)
  if (skipped.length > 0 && !mayBeSkipped)
    console.log('CHARTCODE_REQUIRE_SERVICES=1: skipped tests are failures')
  // A file that does not load has no tests to count; it is one failure of its own.
  const broken = report.testResults.filter(
    file => file.status === 'failed' && file.assertionResults.length === 0,
  )
  const failed = of('failed').length + broken.length + (mayBeSkipped ? 0 : skipped.length)
  total.passed += of('passed').length
  total.skipped += mayBeSkipped ? skipped.length : 0
  // An error outside every test (an unhandled rejection) fails the run without failing a test.
  total.failed += failed === 0 && !isGood ? 1 : failed
}

/** File → the names of the outermost describes (or tests) that were skipped in it. */
function groupByFile(tests) {
  const groups = new Map()
  for (const { file, ancestorTitles, title } of tests) {
    const names = groups.get(file) ?? new Set()
    groups.set(file, names.add(ancestorTitles.filter(Boolean)[0] ?? title))
  }
  return [...groups].map(([file, names]) => [file, [...names]])
}
