/**
 * `dictionary install`: releases from files, directories and ZIPs the user has (`--from`), or from the
 * publisher's addresses in the lock file. What was installed goes to standard output; what was skipped
 * or ignored, and that a part is only reconstructed, to standard error.
 */
import type { Command } from 'commander'

import { dataDirectoryPath } from '../../dictionary/releases/data-directory.js'
import { parseFiscalYear } from '../../dictionary/releases/fiscal-year.js'
import { installFromPublisher } from '../../dictionary/releases/install-from-publisher.js'
import { installFromPaths, type InstallReport } from '../../dictionary/releases/install.js'
import { newestLockedYear, readSourcesLock } from '../../dictionary/releases/sources-lock.js'
import type { DictionaryContext } from './context.js'
import { formatOption, printResult, type FormatOption } from './output.js'

interface InstallCommandOptions extends FormatOption {
  readonly from?: string[]
  readonly acceptUnverified?: boolean
}

const HELP = `
Without --from, the release is downloaded from the CDC addresses in dictionaries/sources.lock.json;
size and SHA-256 must be those of the lock file. Without a year: the newest release the lock names.
With --from, nothing is fetched: give the order file, the XML files, a ZIP, or a directory of them; beside
them the conversion table and the codes exempt from present on admission, if you have them.
Files and archives whose SHA-256 the lock file does not know need --accept-unverified.
A file that declares itself reconstructed installs without it, and is listed as reconstructed.

Examples:
  chartcode dictionary install FY2027
  chartcode dictionary install --from ~/Downloads/icd10cm-code-descriptions-2027.zip
  chartcode dictionary install FY2026 --from /data/icd10cm/fy2026 /data/icd10cm/tabular-2026.xml`

export function addInstallCommand(parent: Command, context: DictionaryContext): void {
  parent
    .command('install')
    .summary('install releases from files or from the publisher')
    .description("Install publishers' ICD-10-CM releases beside the hand-written dictionary.")
    .argument('[FY...]', 'fiscal years, e.g. FY2026; with --from, only files of these years are taken')
    .option('--from <path...>', 'files, directories or ZIPs instead of the publisher')
    .option('--accept-unverified', 'install what the lock file cannot check')
    .addOption(formatOption())
    .addHelpText('after', HELP)
    .action(async (years: string[], options: InstallCommandOptions) => {
      const report = await install(years.map(parseFiscalYear), options, context)
      for (const { name, reason } of report.ignored) context.progress(`ignored  ${name}: ${reason}`)
      for (const { name, reason } of report.skipped) context.warn(`skipped  ${name}: ${reason}`)
      warnOfOrigins(report, context)
      printResult(context, options, report, report.installed.map(installedRow))
    })
}

async function install(
  fiscalYears: readonly number[],
  options: InstallCommandOptions,
  context: DictionaryContext,
): Promise<InstallReport> {
  const lock = await (context.readLock ?? readSourcesLock)()
  const shared = {
    dataDirectory: dataDirectoryPath({ option: context.dataDirectory }),
    lock,
    acceptUnverified: options.acceptUnverified ?? false,
    onProgress: context.progress,
  }
  if (options.from !== undefined) return installFromPaths(options.from, { ...shared, fiscalYears })
  const years = fiscalYears.length > 0 ? fiscalYears : [newestLockedYear(lock)]
  return installFromPublisher(years, {
    ...shared,
    ...(context.fetch === undefined ? {} : { fetch: context.fetch }),
  })
}

function warnOfOrigins({ installed }: InstallReport, { warn }: DictionaryContext): void {
  for (const { release, kind, origin, verified, sourceName } of installed) {
    if (kind === 'notes') continue
    if (origin === 'reconstructed') {
      warn(`notice   ${release} ${kind}: ${sourceName} is reconstructed, not a publisher's file`)
    } else if (!verified) warn(`notice   ${release} ${kind}: ${sourceName} is not verified`)
  }
}

function installedRow(part: InstallReport['installed'][number]) {
  const { release, kind, origin, verified, rows, sourceName } = part
  return { release, part: kind, origin, verified, rows, source: sourceName }
}
