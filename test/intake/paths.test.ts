/**
 * What a directory may not make the program read: links out of it, pipes that never end, devices, and files that are
 * swapped between the search and the reading. None holds a run up, and none is left out without an error line.
 */
import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { findInputs } from '../../src/intake/find-inputs.js'
import { openInput } from '../../src/intake/open-input.js'
import { readRawNotes } from '../../src/intake/read-raw-notes.js'
import { temporaryDirectory } from '../cli/run-program.js'

const outside = path.join(temporaryDirectory(), 'secret.txt')
writeFileSync(outside, 'Quixotina')
const outsideDirectory = path.dirname(outside)

/** An export with one honest note, and what `place` puts beside it. */
function exportWith(place: (at: (name: string) => string) => void): string {
  const root = path.join(temporaryDirectory(), 'export')
  mkdirSync(path.join(root, 'ward'), { recursive: true })
  writeFileSync(path.join(root, 'a.txt'), 'Gout.')
  place(name => path.join(root, name))
  return root
}

const kindsOf = (root: string): readonly (readonly [string, string])[] =>
  findInputs([root]).map(({ id, kind }) => [id, kind] as const)

const NOT_READ: readonly (readonly [string, (at: (name: string) => string) => void, string])[] = [
  ['a link to a file outside', at => symlinkSync(outside, at('b.txt')), 'b.txt'],
  ['a relative link that climbs', at => symlinkSync('../../../etc/hostname', at('b.txt')), 'b.txt'],
  ['a link to a file inside', at => symlinkSync(at('a.txt'), at('b.txt')), 'b.txt'],
  ['a link to nothing', at => symlinkSync('/nowhere/x', at('b.txt')), 'b.txt'],
  ['a link to itself', at => symlinkSync('b.txt', at('b.txt')), 'b.txt'],
  ['a link in a folder below', at => symlinkSync(outside, at('ward/b.hl7')), 'ward/b.hl7'],
  ['a link to a folder outside', at => symlinkSync(outsideDirectory, at('more')), 'more'],
  ['a link to the folder it is in', at => symlinkSync('.', at('again')), 'again'],
  ['a link to the whole disk', at => symlinkSync('/', at('root.zip')), 'root.zip'],
  ['a link to /dev/zero', at => symlinkSync('/dev/zero', at('b.txt')), 'b.txt'],
  ['a link to standard input', at => symlinkSync('/dev/stdin', at('b.ndjson')), 'b.ndjson'],
  ['a link to /proc/self/environ', at => symlinkSync('/proc/self/environ', at('b.txt')), 'b.txt'],
  ['a pipe', at => execFileSync('mkfifo', [at('b.txt')]), 'b.txt'],
  ['a pipe named like a table', at => execFileSync('mkfifo', [at('ward/b.csv')]), 'ward/b.csv'],
  ['a pipe named like an archive', at => execFileSync('mkfifo', [at('b.zip')]), 'b.zip'],
]

describe('below a directory', () => {
  it.each(NOT_READ)('%s is not read and is an error line', (_, place, name) => {
    const root = exportWith(place)
    expect(kindsOf(root)).toContainEqual([name, 'irregular'])
    expect(kindsOf(root)).toContainEqual(['a.txt', 'text'])
    const bad = findInputs([root]).find(({ kind }) => kind === 'irregular')
    expect(() => readRawNotes({ kind: 'irregular', id: bad?.id ?? '', stream: [] })).toThrow(
      /is no regular file/,
    )
  })

  it('a socket is not read either', async () => {
    const root = exportWith(() => undefined)
    const server = createServer()
    await new Promise<void>(resolve => server.listen(path.join(root, 'b.txt'), resolve))
    expect(kindsOf(root)).toContainEqual(['b.txt', 'irregular'])
    server.close()
  })

  it.each([
    ['a hard link', (at: (name: string) => string) => linkSync(outside, at('b.txt')), 'b.txt'],
    ['a name with blanks', (at: (name: string) => string) => writeFileSync(at(' .. .txt'), 'x'), ' .. .txt'],
    [
      'a name with a line break',
      (at: (name: string) => string) => writeFileSync(at('b\nc.txt'), 'x'),
      'b\nc.txt',
    ],
    [
      'a name that looks like an option',
      (at: (name: string) => string) => writeFileSync(at('--out.txt'), 'x'),
      '--out.txt',
    ],
    ['a hidden file', (at: (name: string) => string) => writeFileSync(at('.b.txt'), 'x'), '.b.txt'],
    [
      'the name of a prototype',
      (at: (name: string) => string) => writeFileSync(at('__proto__.txt'), 'x'),
      '__proto__.txt',
    ],
  ])('%s is a file like any other', (_, place, name) => {
    expect(kindsOf(exportWith(place))).toContainEqual([name, 'text'])
  })

  it('a link to a file without the ending of a note is passed over like other files', () => {
    expect(kindsOf(exportWith(at => symlinkSync(outside, at('readme'))))).toEqual([['a.txt', 'text']])
  })

  it('a file that becomes a link after the search is refused when it is opened', () => {
    const root = exportWith(() => undefined)
    const [found] = findInputs([root])
    rmSync(path.join(root, 'a.txt'))
    symlinkSync(outside, path.join(root, 'a.txt'))
    expect(() => openInput(found?.path ?? '', found?.root)).toThrow(/is no regular file/)
  })

  it('a file that becomes a pipe after the search is refused at once', () => {
    const root = exportWith(() => undefined)
    const [found] = findInputs([root])
    rmSync(path.join(root, 'a.txt'))
    execFileSync('mkfifo', [path.join(root, 'a.txt')])
    expect(() => openInput(found?.path ?? '', found?.root)).toThrow(/is no regular file/)
  })

  it('a folder that becomes a link after the search is refused when its file is opened', () => {
    const root = exportWith(at => writeFileSync(at('ward/secret.txt'), 'x'))
    const found = findInputs([root]).find(({ id }) => id === 'ward/secret.txt')
    renameSync(path.join(root, 'ward'), path.join(root, 'before'))
    symlinkSync(outsideDirectory, path.join(root, 'ward'))
    expect(() => openInput(found?.path ?? '', found?.root)).toThrow(/is no regular file/)
  })
})

describe('a path that is named', () => {
  it('may be a link: who names it means it', () => {
    const root = exportWith(at => symlinkSync(outside, at('b.txt')))
    expect(findInputs([path.join(root, 'b.txt')])).toMatchObject([{ kind: 'text', size: 9 }])
  })

  it('may be a link to a directory, whose own links are not followed', () => {
    const root = exportWith(at => symlinkSync(outside, at('b.txt')))
    const link = path.join(temporaryDirectory(), 'link')
    symlinkSync(root, link)
    expect(kindsOf(link)).toEqual([
      ['a.txt', 'text'],
      ['b.txt', 'irregular'],
    ])
    expect(typeof openInput(path.join(link, 'a.txt'), link)).toBe('number')
  })

  it.each(['/dev/zero', '/dev/null', '/dev/tty'])('%s is refused', device => {
    expect(() => findInputs([device])).toThrow(/is no regular file/)
  })

  it('is refused where it is a pipe, without waiting for its writer', () => {
    const pipe = path.join(temporaryDirectory(), 'pipe.txt')
    execFileSync('mkfifo', [pipe])
    expect(() => findInputs([pipe])).toThrow(/is no regular file/)
    expect(() => openInput(pipe)).toThrow(/is no regular file/)
  })
})
