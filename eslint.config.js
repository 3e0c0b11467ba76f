/**
 * Lint rules: typescript-eslint with types, and what this project adds to them.
 * A promise that nobody awaits loses an error, so it is an error itself; `any` is refused; the root of
 * `natural` is refused because importing it prints, reads `.env` and loads database drivers.
 * The folders of the engine may read no clock, random number, locale, environment or file: same note,
 * dictionary and options, same bytes.
 */
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

const NATURAL = 'import a sub-path, e.g. natural/lib/natural/stemmers/index.js: the root has side effects'
const isNatural = '/^natural(\\u002Flib\\u002Fnatural\\u002Futil.*)?$/'
const ENGINE = ['text', 'codes', 'match', 'context', 'candidates', 'model'].map(folder => `src/${folder}/**`)

const naturalImports = {
  paths: [{ name: 'natural', message: NATURAL }],
  patterns: [{ regex: '^natural/lib/natural/util', message: NATURAL }],
}
const naturalCalls = [
  { selector: `ImportExpression[source.value=${isNatural}]`, message: NATURAL },
  { selector: `CallExpression[callee.name='require'][arguments.0.value=${isNatural}]`, message: NATURAL },
]
const noExit = { object: 'process', property: 'exit', message: 'set process.exitCode, so that streams drain' }

/** ESLint's own rules that find mistakes the compiler does not. */
const CORE = Object.fromEntries(
  [
    'no-async-promise-executor',
    'no-case-declarations',
    'no-cond-assign',
    'no-constant-binary-expression',
    'no-constant-condition',
    'no-debugger',
    'no-dupe-else-if',
    'no-duplicate-case',
    'no-empty',
    'no-empty-character-class',
    'no-ex-assign',
    'no-irregular-whitespace',
    'no-loss-of-precision',
    'no-misleading-character-class',
    'no-self-assign',
    'no-self-compare',
    'no-sparse-arrays',
    'no-template-curly-in-string',
    'no-unreachable',
    'no-unsafe-finally',
    'no-unsafe-optional-chaining',
    'no-useless-backreference',
    'no-useless-catch',
    'no-useless-escape',
    'no-var',
    'prefer-const',
    'use-isnan',
    'valid-typeof',
  ].map(rule => [rule, 'error']),
)
/** `== null` asks for null and undefined at once. */
CORE.eqeqeq = ['error', 'always', { null: 'ignore' }]

export default defineConfig(
  { ignores: ['dist/', 'coverage/', 'node_modules/', 'samples/', '**/*.tmp.*', '.tmp-*'] },
  { rules: CORE },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // An index into a typed array or a checked list is `T | undefined` to the compiler: `!` and `as T` say it is there.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // An interface of asynchronous functions may have an implementation that has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // 60 lines is the limit for a function; what stands above it needs `eslint-disable` with the reason.
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-restricted-imports': ['error', naturalImports],
      'no-restricted-properties': ['error', noExit],
      'no-restricted-syntax': ['error', ...naturalCalls],
    },
  },
  {
    files: ENGINE,
    rules: {
      'no-restricted-globals': [
        'error',
        'process',
        'Date',
        'Intl',
        'performance',
        'setTimeout',
        'setInterval',
      ],
      'no-restricted-properties': [
        'error',
        noExit,
        { object: 'Math', property: 'random', message: 'the engine is deterministic' },
        { property: 'localeCompare', message: 'compare with < and >, which no locale changes' },
        { property: 'toLocaleLowerCase', message: 'toLowerCase does not depend on the locale' },
        { property: 'toLocaleUpperCase', message: 'toUpperCase does not depend on the locale' },
      ],
      'no-restricted-imports': [
        'error',
        {
          paths: naturalImports.paths,
          patterns: [
            ...naturalImports.patterns,
            {
              regex: '^(node:)?(fs|os|process|child_process|net|http|https|dns)(/|$)',
              message: 'the engine reads no file and no environment',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['test/**', 'bench/**'],
    rules: {
      // A `describe` and the table it loops over are one function to the parser.
      'max-lines-per-function': 'off',
      // vitest's matchers and stubs of interfaces.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  { files: ['src/cli/**', 'bench/**'], rules: { 'no-console': 'off' } },
  // The program's end, and the end of a pipe whose reader has gone away.
  { files: ['src/cli/main.ts', 'src/cli/terminal.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        performance: 'readonly',
        fetch: 'readonly',
      },
    },
    rules: {
      'no-restricted-imports': ['error', naturalImports],
      'no-undef': 'error',
      'no-unused-vars': 'error',
    },
  },
)
