/** The end of a long-running command, whatever connection or thread still hangs. Its output is written already. */
export function endProcess(code: number): never {
  // eslint-disable-next-line no-restricted-properties -- a connection to a dead server keeps a process for ever
  process.exit(code)
}
