/**
 * Tests lie in `test/`, which mirrors `src/`. Unit tests build small dictionaries of their own; those that
 * run the command line need `dist/`, which `npm test` builds first.
 */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/temporary-directory.ts',
    // Compiling the whole lexicon takes seconds on a slow machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A test writes into a temporary directory or nowhere, so files may run side by side.
    pool: 'forks',
    restoreMocks: true,
    unstubEnvs: true,
  },
})
