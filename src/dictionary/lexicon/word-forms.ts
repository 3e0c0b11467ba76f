/** `dictionaries/word-forms.csv` → spelling → the base of its group. */
import { ChartcodeError } from '../../model/errors.js'
import { wordsOf } from '../../text/words.js'
import { listOf, readCsv } from './csv.js'

export function readWordForms(file: string): Map<string, string> {
  const forms = new Map<string, string>()
  for (const { cells, line } of readCsv(file, ['base', 'forms', 'why'] as const)) {
    for (const form of [cells.base, ...listOf(cells.forms)]) {
      const words = wordsOf(form)
      const word = words[0]
      if (words.length !== 1 || word === undefined)
        throw new ChartcodeError('lexicon-invalid', `${file}:${line}: ${form} is not one word`)
      const base = forms.get(word)
      if (base !== undefined && base !== cells.base)
        throw new ChartcodeError(
          'lexicon-invalid',
          `${file}:${line}: ${form} stands in the group of ${base} too`,
        )
      forms.set(word, cells.base)
    }
  }
  return forms
}
