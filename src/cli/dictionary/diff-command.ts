/**
 * `dictionary diff A B`: what changes between two installed releases, counted as in the summary of the
 * publisher's order-file addenda. The table shows the counts and then every change.
 */
import { withDot } from '../../codes/icd10cm.js'
import type { Command } from 'commander'

import { dataDirectoryPath } from '../../dictionary/releases/data-directory.js'
import { diffReleases, type ListChanges, type ReleaseDiff } from '../../dictionary/releases/diff-releases.js'
import { parseFiscalYear } from '../../dictionary/releases/fiscal-year.js'
import { openRelease } from '../../dictionary/releases/release-store.js'
import type { DictionaryContext, OutputRow } from './context.js'
import { formatOption, printResult, type FormatOption } from './output.js'

const HELP = `
Billable codes and headers are counted apart, as the publisher does: a code that turns into a header
is removed from the one list and added to the other (becameHeader).

Example:
  chartcode dictionary diff FY2025 FY2026 --format json`

export function addDiffCommand(parent: Command, context: DictionaryContext): void {
  parent
    .command('diff')
    .summary('show what changes between two releases')
    .description('Show the codes added, removed and revised from release A to release B.')
    .argument('<A>', 'the earlier fiscal year, e.g. FY2025')
    .argument('<B>', 'the later fiscal year, e.g. FY2026')
    .addOption(formatOption())
    .addHelpText('after', HELP)
    .action(async (earlier: string, later: string, options: FormatOption) => {
      const dataDirectory = dataDirectoryPath({ option: context.dataDirectory })
      const from = await openRelease(dataDirectory, parseFiscalYear(earlier))
      const to = await openRelease(dataDirectory, parseFiscalYear(later))
      const diff = await diffReleases(from, to)
      const counts = countChanges(diff)
      context.progress(describe(diff, counts))
      printResult(
        context,
        options,
        { from: diff.from, to: diff.to, counts, ...printedCodes(diff) },
        diffRows(diff),
      )
    })
}

function countChanges({ billable, headers, becameHeader, becameBillable }: ReleaseDiff) {
  return {
    billableAdded: billable.added.length,
    billableRemoved: billable.removed.length,
    headersAdded: headers.added.length,
    headersRemoved: headers.removed.length,
    titlesRevised: billable.revised.length + headers.revised.length,
    becameHeader: becameHeader.length,
    becameBillable: becameBillable.length,
  }
}

function describe({ from, to }: ReleaseDiff, counts: ReturnType<typeof countChanges>): string {
  return (
    `${from} to ${to}: ${counts.billableAdded} billable added, ${counts.billableRemoved} removed, ` +
    `${counts.headersAdded} headers added, ${counts.headersRemoved} removed, ${counts.titlesRevised} titles revised`
  )
}

function printedCodes({ billable, headers, becameHeader, becameBillable }: ReleaseDiff) {
  const list = ({ added, removed, revised }: ListChanges) => ({
    added: added.map(({ code, longTitle }) => ({ code: withDot(code), title: longTitle })),
    removed: removed.map(({ code, longTitle }) => ({ code: withDot(code), title: longTitle })),
    revised: revised.map(({ code, from, to }) => ({ code: withDot(code), from, to })),
  })
  return {
    billable: list(billable),
    headers: list(headers),
    becameHeader: becameHeader.map(withDot),
    becameBillable: becameBillable.map(withDot),
  }
}

function diffRows({ billable, headers, becameHeader }: ReleaseDiff): OutputRow[] {
  const turned = new Set(becameHeader)
  const rows = (list: string, changes: ListChanges): OutputRow[] => [
    ...changes.added.map(row => ({
      change: turned.has(row.code) ? 'became header' : `${list} added`,
      code: withDot(row.code),
      title: row.longTitle,
    })),
    ...changes.removed
      .filter(row => !turned.has(row.code))
      .map(row => ({ change: `${list} removed`, code: withDot(row.code), title: row.longTitle })),
    ...changes.revised.map(row => ({
      change: `${list} revised`,
      code: withDot(row.code),
      title: row.to,
    })),
  ]
  return [...rows('billable', billable), ...rows('header', headers)]
}
