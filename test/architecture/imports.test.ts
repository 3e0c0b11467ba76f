/**
 * The arrows between files: the folder order, no cycles, no root import of `natural`, and no package that
 * package.json does not name. A failure lists the arrow, from file to file.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { FOLDER_ORDER, folderOf } from './folder-order.js'
import { packageOf, parseSource, PROJECT_ROOT, readSourceTree, resolveImport } from './source-tree.js'
import { findCycles } from './find-cycles.js'

const files = readSourceTree(['src', 'workers'])
const everywhere = [...files, ...readSourceTree(['test', 'bench', 'scripts'])]
const arrows = files.flatMap(({ path: from, imports }) =>
  imports.flatMap(specifier => {
    const to = resolveImport(from, specifier)
    return to === null ? [] : [{ from, to }]
  }),
)

describe('imports are read by the compiler', () => {
  const text = [
    "import a from './a.js'",
    "import type { B } from './b.js'",
    "export * from './c.js'",
    "const d = await import('./d.js')",
    "type E = import('./e.js').E",
    "const f = require('./f.js')",
    "// import './g.js'",
    'const h = "import \'./h.js\'"',
  ].join('\n')

  it('finds every way to import and none that is only written about', () => {
    const { imports } = parseSource('src/x.ts', text)
    expect(imports).toEqual(['./a.js', './b.js', './c.js', './d.js', './e.js', './f.js'])
  })

  it('sees the files of this project', () => {
    expect(arrows).toContainEqual({ from: 'src/text/reader.ts', to: 'src/text/tokenize.ts' })
  })
})

describe('the folders are in order', () => {
  it('every folder has its place', () => {
    const unknown = files.map(file => folderOf(file.path)).filter(folder => !(folder in FOLDER_ORDER))
    expect([...new Set(unknown)]).toEqual([])
  })

  it('a folder imports itself and folders with a smaller number', () => {
    const wrong = arrows.filter(({ from, to }) => {
      const [importer, imported] = [folderOf(from), folderOf(to)]
      return importer !== imported && (FOLDER_ORDER[importer] ?? 0) <= (FOLDER_ORDER[imported] ?? Infinity)
    })
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([])
  })

  it('no file imports itself by way of others', () => {
    expect(findCycles(arrows)).toEqual([])
  })

  it('a cycle is found', () => {
    const ring = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
      { from: 'c', to: 'a' },
      { from: 'd', to: 'a' },
    ]
    expect(findCycles(ring)).toEqual(['a -> b -> c -> a'])
  })
})

describe('packages', () => {
  interface Manifest {
    readonly dependencies: Readonly<Record<string, string>>
    readonly devDependencies: Readonly<Record<string, string>>
  }
  const manifest = JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'package.json'), 'utf8')) as Manifest

  it('the root of natural, which prints and reads .env, is imported nowhere', () => {
    const isUnclean = (specifier: string): boolean => /^natural($|\/lib\/natural\/util)/.test(specifier)
    expect(everywhere.filter(file => file.imports.some(isUnclean)).map(file => file.path)).toEqual([])
  })

  it('what src imports is a dependency of the package', () => {
    expect(undeclared(files, Object.keys(manifest.dependencies))).toEqual([])
  })

  it('what tests, benches and scripts import is declared too', () => {
    const declared = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)]
    expect(undeclared(everywhere, declared)).toEqual([])
  })

  function undeclared(tree: typeof files, declared: readonly string[]): string[] {
    return tree.flatMap(file =>
      file.imports.flatMap(specifier => {
        const name = packageOf(specifier)
        return name === null || declared.includes(name) ? [] : [`${file.path}: ${name}`]
      }),
    )
  }
})
