/**
 * `dictionary list`: every installed release, its validity, and for each part where it came from and
 * whether it was verified. The newest release with an order file codes notes without a date.
 */
import type { Command } from 'commander'

import { dataDirectoryPath } from '../../dictionary/releases/data-directory.js'
import type { ReleaseRecord } from '../../dictionary/releases/release-record.js'
import { listReleases } from '../../dictionary/releases/release-store.js'
import type { DictionaryContext, OutputRow } from './context.js'
import { formatOption, printResult, type FormatOption } from './output.js'

export function addListCommand(parent: Command, context: DictionaryContext): void {
  parent
    .command('list')
    .summary('show the installed releases')
    .description('Show the installed releases, part by part: origin, verified or not, rows, source file.')
    .addOption(formatOption())
    .action(async (options: FormatOption) => {
      const dataDirectory = dataDirectoryPath({ option: context.dataDirectory })
      const releases = await listReleases(dataDirectory)
      if (releases.length === 0) {
        context.warn(`no release is installed in ${dataDirectory}: chartcode dictionary install`)
      }
      printResult(context, options, { dataDirectory, releases }, releases.flatMap(releaseRows))
    })
}

function releaseRows({ release, validFrom, validUntil, parts }: ReleaseRecord): OutputRow[] {
  return parts.map(({ kind, origin, verified, rows, sourceName }) => ({
    release,
    from: validFrom,
    until: validUntil,
    part: kind,
    origin,
    verified,
    rows,
    source: sourceName,
  }))
}
