/**
 * `dictionary verify`: the installed releases against their hashes and against themselves, and the
 * lexicon against each of them. Exit 1 if there is an error; notices alone are exit 0.
 */
import type { Command } from 'commander'

import { dataDirectoryPath } from '../../dictionary/releases/data-directory.js'
import { parseFiscalYear, releaseName, type ReleaseName } from '../../dictionary/releases/fiscal-year.js'
import { listReleases, openRelease } from '../../dictionary/releases/release-store.js'
import { verifyLexicon } from '../../dictionary/releases/verify-lexicon.js'
import { verifyRelease, type VerifyFinding } from '../../dictionary/releases/verify-release.js'
import { ChartcodeError } from '../../model/errors.js'
import type { DictionaryContext } from './context.js'
import { formatOption, printResult, type FormatOption } from './output.js'

const HELP = `
Checks that every file is what was installed (SHA-256, rows), that every code has its place in the
hierarchy, that the tabular list has the order file's codes and titles, that every code the index
and the tables name exists, and that every lexicon code exists and is billable in its years.
An error is exit 1. Slips that the publisher printed, and those of reconstructed files, are notices.`

type Finding = { readonly release: ReleaseName } & VerifyFinding

export function addVerifyCommand(parent: Command, context: DictionaryContext): void {
  parent
    .command('verify')
    .summary('check the installed releases and the lexicon')
    .description('Check the installed releases against their hashes, themselves and the lexicon.')
    .argument('[FY...]', 'fiscal years; without any, all that are installed')
    .addOption(formatOption())
    .addHelpText('after', HELP)
    .action(async (years: string[], options: FormatOption) => {
      const dataDirectory = dataDirectoryPath({ option: context.dataDirectory })
      const fiscalYears = years.length > 0 ? years.map(parseFiscalYear) : await allInstalled(dataDirectory)
      const findings: Finding[] = []
      for (const year of fiscalYears) {
        context.progress(`checking ${releaseName(year)}`)
        findings.push(...(await verifyYear(dataDirectory, year, context)))
      }
      const errors = findings.filter(finding => finding.severity === 'error').length
      const verified = fiscalYears.map(releaseName)
      printResult(context, options, { verified, errors, findings }, findings.map(findingRow))
      context.progress(`${verified.join(', ')}: ${errors} errors, ${findings.length - errors} notices`)
      if (errors > 0) context.setExitCode(1)
    })
}

async function allInstalled(dataDirectory: string): Promise<number[]> {
  const records = await listReleases(dataDirectory)
  if (records.length === 0) {
    throw new ChartcodeError('release-missing', 'no release is installed: chartcode dictionary install')
  }
  return records.map(record => record.fiscalYear)
}

async function verifyYear(
  dataDirectory: string,
  fiscalYear: number,
  { lexiconCodes }: DictionaryContext,
): Promise<Finding[]> {
  const release = await openRelease(dataDirectory, fiscalYear)
  const findings = await verifyRelease(release)
  const readable = !findings.some(finding => finding.severity === 'error' && finding.part === 'order')
  if (lexiconCodes !== undefined && readable && release.has('order')) {
    findings.push(...(await verifyLexicon(await lexiconCodes(), release)))
  }
  return findings.map(finding => ({ release: release.record.release, ...finding }))
}

function findingRow({ release, severity, part, code, message }: Finding) {
  return { release, severity, part, code, message }
}
