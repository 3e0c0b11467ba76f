/** `dictionaries/drugs.csv` → the classes of drugs and the names that notes give them. */
import { DRUG_KINDS, type DrugClass, type DrugName, type DrugTable } from '../../model/drugs.js'
import { wordsOf } from '../../text/words.js'
import { listOf, readCsv, refuse, type CsvRow } from './csv.js'

const COLUMNS = ['class', 'category', 'kind', 'long_term', 'allergy', 'from', 'names'] as const
type Row = CsvRow<(typeof COLUMNS)[number]>

/** A category of T36-T50, or alcohol's, up to the intent: `T39.01`, `T36.0X`, `T36.9`. */
const CATEGORY = /^T(?:3[6-9]|4\d|50|51)\.[0-9A-Z]{1,2}$/
const STATUS = /^Z(?:79|88|91\.0)[0-9.]*$/

export function readDrugs(file: string): DrugTable {
  const rows = readCsv(file, COLUMNS)
  const classes = rows.map(classOf)
  const seen = new Set<string>()
  const names = rows.flatMap((row, drugClass) =>
    listOf(row.cells.names).map((wording): DrugName => {
      const needsCapitals = wording.endsWith('!')
      const phrase = needsCapitals ? wording.slice(0, -1) : wording
      const words = wordsOf(phrase).join(' ')
      if (words === '' || seen.has(words)) refuse(row, `the name "${phrase}" is empty or stands twice`)
      seen.add(words)
      return { phrase, drugClass, needsCapitals }
    }),
  )
  return { classes, names }
}

function classOf(row: Row): DrugClass {
  const { cells } = row
  const kind = DRUG_KINDS.find(known => known === (cells.kind || 'medicine'))
  const allergies = listOf(cells.allergy)
  if (kind === undefined) return refuse(row, `unknown kind ${cells.kind}; one of ${DRUG_KINDS.join(', ')}`)
  if ((kind === 'substance') !== (cells.category === ''))
    refuse(row, 'a substance has no category, every other row has one')
  if (cells.category !== '' && !CATEGORY.test(cells.category))
    refuse(row, `"${cells.category}" is no category of T36-T50 without intent`)
  const wrong = [...listOf(cells.long_term), ...allergies].find(code => !STATUS.test(code))
  if (wrong !== undefined) refuse(row, `"${wrong}" is no code of Z79, Z88 or Z91.0`)
  return {
    name: cells.class,
    kind,
    ...(cells.category === '' ? {} : { category: cells.category }),
    ...(cells.long_term === '' ? {} : { longTerm: cells.long_term }),
    allergies,
    ...(cells.from === '' ? {} : { from: year(cells.from, row) }),
  }
}

function year(cell: string, row: Row): number {
  return /^20\d\d$/.test(cell) ? Number(cell) : refuse(row, `fiscal year ${cell}`)
}
