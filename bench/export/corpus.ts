/** A night's export of any size: the unlabelled notes again and again, each time under new ids. */
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import { PACKAGE_ROOT } from '../../src/app/package-root.js'

const SHARED = process.env['CHARTCODE_SHARED'] ?? path.join(PACKAGE_ROOT, '..', 'shared')
const CORPUS = path.join(SHARED, 'gold', 'notes-mtsamples.jsonl')
/** Bytes that are written at once. */
const PAGE = 1 << 22

/** Null where there is no corpus. Answers the bytes of the file. */
export function writeExport(file: string, notes: number): number | null {
  if (!existsSync(CORPUS)) return null
  const texts = readFileSync(CORPUS, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => (JSON.parse(line) as { readonly text: string }).text)
  const descriptor = openSync(file, 'w')
  let [pending, size, bytes]: [string[], number, number] = [[], 0, 0]
  const flush = (): void => {
    bytes += writeSync(descriptor, pending.join(''))
    ;[pending, size] = [[], 0]
  }
  for (let i = 0; i < notes; i++) {
    const line = `${JSON.stringify({ id: `note-${i}`, text: texts[i % texts.length] })}\n`
    pending.push(line)
    size += line.length
    if (size > PAGE) flush()
  }
  flush()
  closeSync(descriptor)
  return bytes
}
