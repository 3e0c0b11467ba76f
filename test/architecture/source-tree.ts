/**
 * The project's TypeScript files, parsed by the compiler: what each imports, which classes it declares.
 * Comes in: names of folders. Goes out: one record a file, paths from the project's root with `/`.
 * Parsed, not searched: an import inside a comment or a string is none.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const PROJECT_ROOT: string = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..')

export interface ClassDeclared {
  readonly name: string
  /** What stands behind `extends`, or null. */
  readonly base: string | null
}

export interface SourceFile {
  readonly path: string
  readonly lineCount: number
  /** Module specifiers as written, of `import`, `export … from`, `import()`, `import('…').T` and `require`. */
  readonly imports: readonly string[]
  readonly classes: readonly ClassDeclared[]
  /** Names of interfaces, type aliases and classes. */
  readonly types: readonly string[]
  /** Names of classes in `throw new X(…)`. */
  readonly thrown: readonly string[]
  readonly startsWithComment: boolean
}

/** Every `.ts`, `.mts` and `.mjs` file below the folders; a folder that does not exist yet has none. */
export function readSourceTree(folders: readonly string[]): SourceFile[] {
  return folders.flatMap(folder => listFiles(folder).map(readSource))
}

function listFiles(folder: string): string[] {
  const directory = path.join(PROJECT_ROOT, folder)
  if (!existsSync(directory)) return []
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(ts|mts|mjs)$/.test(name) && !/\.(d|tmp)\.\w+$/.test(name))
    .map(name => `${folder}/${name.split(path.sep).join('/')}`)
    .sort()
}

function readSource(file: string): SourceFile {
  const text = readFileSync(path.join(PROJECT_ROOT, file), 'utf8')
  return parseSource(file, text)
}

export function parseSource(file: string, text: string): SourceFile {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const imports: string[] = []
  const classes: ClassDeclared[] = []
  const types: string[] = []
  const thrown: string[] = []
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node)
    if (specifier !== undefined) imports.push(specifier)
    if (ts.isClassLike(node)) classes.push({ name: node.name?.text ?? '(none)', base: baseOf(node) })
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isClassDeclaration(node))
      if (node.name !== undefined) types.push(node.name.text)
    if (ts.isThrowStatement(node) && ts.isNewExpression(node.expression))
      thrown.push(node.expression.expression.getText())
    ts.forEachChild(node, visit)
  }
  visit(tree)
  const lineCount = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  const startsWithComment = /^(#!.*\n)?\/(\*\*|\/)/.test(text)
  return { path: file, lineCount, imports, classes, types, thrown, startsWithComment }
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return literal(node.moduleSpecifier)
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return literal(node.argument.literal)
  if (!ts.isCallExpression(node)) return undefined
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require'
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword
  return isRequire || isImport ? literal(node.arguments[0]) : undefined
}

function literal(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined
}

function baseOf(node: ts.ClassLikeDeclaration): string | null {
  const clause = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
  return clause?.types[0]?.expression.getText() ?? null
}

/** `./scan.js` in `src/text/reader.ts` → `src/text/scan.ts`; a package or a built-in → null. */
export function resolveImport(file: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null
  const target = path.posix.join(path.posix.dirname(file), specifier)
  return target.replace(/\.js$/, '.ts').replace(/\.mjs$/, '.mts')
}

/** `node:fs` → null, `csv-parse/sync` → `csv-parse`, `@scope/name/part` → `@scope/name`. */
export function packageOf(specifier: string): string | null {
  if (/^(\.|\/|node:)/.test(specifier)) return null
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
