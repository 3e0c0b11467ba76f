/**
 * Where the publishers' files are on a machine that has them: CHARTCODE_SHARED, or `shared` beside the
 * project. They are never part of the project; tests that need them are skipped elsewhere and say so.
 */
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')
const candidate = join(
  process.env.CHARTCODE_SHARED ?? resolve(projectRoot, '..', 'shared'),
  'data',
  'icd10cm',
)

/** The directory of the ICD-10-CM files, or null. */
export const sharedIcd10cm: string | null = existsSync(candidate) ? candidate : null

export function sharedFile(path: string): string {
  return join(sharedIcd10cm ?? '', path)
}
