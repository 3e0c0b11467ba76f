/** The lock beside an embedded database: one holder, taken over only where that one is gone. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { lockDirectory } from '../../src/store/directory-lock.js'
import { newDirectory } from './store-under-test.js'

const HELD = expect.objectContaining({ code: 'store-held' }) as unknown
const held = (pid: number): unknown =>
  expect.objectContaining({
    code: 'store-held',
    message: expect.stringContaining(`process ${pid}`) as string,
  })

describe('the lock of a directory', () => {
  it('keeps a second holder out and names the first', () => {
    const directory = newDirectory()
    const release = lockDirectory(directory)
    expect(() => lockDirectory(directory)).toThrow(held(process.pid))
    release()
    lockDirectory(directory)()
  })

  it('lies beside the directory and leaves nothing behind', () => {
    const directory = newDirectory()
    const release = lockDirectory(directory)
    expect(readdirSync(path.dirname(directory))).toEqual(['database.lock'])
    release()
    expect(readdirSync(path.dirname(directory))).toEqual([])
  })

  it('is taken over from a process that is gone', async () => {
    const gone = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
    await once(gone, 'exit')
    const directory = newDirectory()
    writeFileSync(`${directory}.lock`, JSON.stringify({ pid: gone.pid, started: '1' }))
    const release = lockDirectory(directory)
    expect(JSON.parse(readFileSync(`${directory}.lock`, 'utf8'))).toMatchObject({ pid: process.pid })
    release()
  })

  it.runIf(existsSync('/proc/self/stat'))('is taken over where its number is another process now', () => {
    const directory = newDirectory()
    writeFileSync(`${directory}.lock`, JSON.stringify({ pid: process.pid, started: '1' }))
    lockDirectory(directory)()
  })

  it.each(['', 'not JSON', '{}', '{"pid":"1"}', '[]', 'null'])('holds where it says %j', content => {
    const directory = newDirectory()
    writeFileSync(`${directory}.lock`, content)
    expect(() => lockDirectory(directory)).toThrow(HELD)
    expect(readFileSync(`${directory}.lock`, 'utf8')).toBe(content)
  })

  it('is not removed by one whose lock was taken over', () => {
    const directory = newDirectory()
    const release = lockDirectory(directory)
    const other = JSON.stringify({ pid: 1, started: null })
    writeFileSync(`${directory}.lock`, other)
    release()
    expect(readFileSync(`${directory}.lock`, 'utf8')).toBe(other)
  })

  it('that cannot be written is an error that names it', () => {
    const directory = newDirectory()
    mkdirSync(directory)
    expect(() => lockDirectory(path.join(directory, 'nowhere', 'database'))).toThrow(
      expect.objectContaining({ code: 'file-missing' }),
    )
  })
})
