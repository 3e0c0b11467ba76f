/** Where installed releases are kept, and who may look in. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { createOwnDirectory, dataDirectoryPath } from '../../../src/dictionary/releases/data-directory.js'
import { temporaryDirectory, writeFiles } from './invented-release.js'

const everything = { CHARTCODE_DATA_DIR: '/env', XDG_DATA_HOME: '/xdg', HOME: '/home/me' }

describe('the data directory', () => {
  it.each([
    ['the option', { option: '/option', environment: everything }, '/option'],
    ['CHARTCODE_DATA_DIR', { environment: everything }, '/env'],
    ['XDG_DATA_HOME', { environment: { ...everything, CHARTCODE_DATA_DIR: '' } }, '/xdg/chartcode'],
    ['the home directory', { environment: { HOME: '/home/me' } }, '/home/me/.local/share/chartcode'],
  ])('is taken from %s', (_what, settings, path) => {
    expect(dataDirectoryPath(settings)).toBe(path)
  })

  it('is open to its owner only', async () => {
    const path = join(await temporaryDirectory(), 'a', 'b')
    await createOwnDirectory(path)
    expect((await stat(path)).mode & 0o777).toBe(0o700)
  })

  it('that cannot be created is an error that says what to do', async () => {
    const directory = await writeFiles({ occupied: 'a file' })
    await expect(createOwnDirectory(join(directory, 'occupied', 'a'))).rejects.toThrow(/--data-dir/)
  })
})
