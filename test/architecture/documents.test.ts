/**
 * What is written in two places and must say the same: error codes and their document, the version of the
 * engine and of the package, the sections of the changelog.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ENGINE_VERSION } from '../../src/app/version.js'
import { ERROR_CODES } from '../../src/model/errors.js'
import { PROJECT_ROOT } from './source-tree.js'

const read = (file: string): string => readFileSync(path.join(PROJECT_ROOT, file), 'utf8')

describe('docs/errors.md', () => {
  const documented = [...read('docs/errors.md').matchAll(/^## `([^`]+)`$/gm)].map(match => match[1] ?? '')

  it('documents every error code', () => {
    expect(Object.keys(ERROR_CODES).filter(code => !documented.includes(code))).toEqual([])
  })

  it('documents no code that does not exist, and none twice', () => {
    expect(
      documented.filter((code, at) => !(code in ERROR_CODES) || documented.indexOf(code) !== at),
    ).toEqual([])
  })
})

describe('the version', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string }

  it('of the engine is the version of the package', () => {
    expect(ENGINE_VERSION).toBe(version)
  })

  it('stands in the changelog, with every heading', () => {
    const [, entry = ''] = read('CHANGELOG.md').split(/^## /m)
    expect(entry).toMatch(new RegExp(`^${version.replaceAll('.', '\\.')}`))
    const headings = [...entry.matchAll(/^### (.+)$/gm)].map(match => match[1])
    expect(headings).toEqual(['Results change', 'Added', 'Fixed', 'Dictionaries', 'Breaking'])
  })
})
