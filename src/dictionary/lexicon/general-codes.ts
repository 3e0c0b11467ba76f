/** `dictionaries/general-codes.csv` → the code of a bare word and the beginnings of the codes it gives way to. */
import type { GeneralCode } from '../../model/dictionary.js'
import { listOf, readCsv } from './csv.js'

export function readGeneralCodes(file: string): GeneralCode[] {
  return readCsv(file, ['code', 'gives_way_to', 'why'] as const).map(({ cells }) => ({
    code: cells.code,
    givesWayTo: listOf(cells.gives_way_to),
  }))
}
