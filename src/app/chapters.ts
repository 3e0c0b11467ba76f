/** The chapters of ICD-10-CM by their first and last category, in the order of the classification. */
export interface Chapter {
  readonly number: number
  readonly name: string
  readonly first: string
  readonly last: string
}

export const CHAPTERS: readonly Chapter[] = [
  { number: 1, name: 'infectious', first: 'A00', last: 'B99' },
  { number: 2, name: 'neoplasms', first: 'C00', last: 'D49' },
  { number: 3, name: 'blood', first: 'D50', last: 'D89' },
  { number: 4, name: 'endocrine', first: 'E00', last: 'E89' },
  { number: 5, name: 'mental', first: 'F01', last: 'F99' },
  { number: 6, name: 'nervous', first: 'G00', last: 'G99' },
  { number: 7, name: 'eye', first: 'H00', last: 'H59' },
  { number: 8, name: 'ear', first: 'H60', last: 'H95' },
  { number: 9, name: 'circulatory', first: 'I00', last: 'I99' },
  { number: 10, name: 'respiratory', first: 'J00', last: 'J99' },
  { number: 11, name: 'digestive', first: 'K00', last: 'K95' },
  { number: 12, name: 'skin', first: 'L00', last: 'L99' },
  { number: 13, name: 'musculoskeletal', first: 'M00', last: 'M99' },
  { number: 14, name: 'genitourinary', first: 'N00', last: 'N99' },
  { number: 15, name: 'pregnancy', first: 'O00', last: 'O9A' },
  { number: 16, name: 'perinatal', first: 'P00', last: 'P96' },
  { number: 17, name: 'congenital', first: 'Q00', last: 'QA9' },
  { number: 18, name: 'symptoms', first: 'R00', last: 'R99' },
  { number: 19, name: 'injury', first: 'S00', last: 'T88' },
  { number: 20, name: 'external causes', first: 'V00', last: 'Y99' },
  { number: 21, name: 'factors', first: 'Z00', last: 'Z99' },
  { number: 22, name: 'special', first: 'U00', last: 'U85' },
]

export function chapterOf(code: string): Chapter | undefined {
  const category = code.slice(0, 3)
  return CHAPTERS.find(({ first, last }) => first <= category && category <= last)
}
