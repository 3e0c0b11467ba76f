/** Every command by name. A command's files are loaded when it is called. */
import type { AnyCommand } from './command.js'

export const COMMANDS: Readonly<Record<string, () => Promise<AnyCommand>>> = {
  detect: async () => (await import('./detect/detect-command.js')).detectCommand,
  assert: async () => (await import('./assert/assert-command.js')).assertCommand,
  batch: async () => (await import('./batch/batch-command.js')).batchCommand,
  submit: async () => (await import('./work/submit-command.js')).submitCommand,
  status: async () => (await import('./work/status-command.js')).statusCommand,
  worker: async () => (await import('./work/worker-command.js')).workerCommand,
  quarantine: async () => (await import('./work/quarantine-command.js')).quarantineCommand,
  nightly: async () => (await import('./work/nightly-command.js')).nightlyCommand,
  code: async () => (await import('./codes/code-command.js')).codeCommand,
  search: async () => (await import('./codes/search-command.js')).searchCommand,
  dictionary: async () => (await import('./dictionary-entry.js')).dictionaryEntry,
  doctor: async () => (await import('./doctor/doctor-command.js')).doctorCommand,
  demo: async () => (await import('./demo/demo-command.js')).demoCommand,
}

/** Commands whose names are taken and that this version does not have. */
export const PLANNED_COMMANDS: readonly string[] = ['serve', 'redact', 'ask']
