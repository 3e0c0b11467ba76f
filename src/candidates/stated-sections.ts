/** Sections by what a diagnosis in them is worth (Official Guidelines III.B, IV.G–J). */

/** Where a note states its diagnoses. */
const DIAGNOSES = new Set(['assessment', 'diagnosis'])
/** Where conditions are listed or dealt with, though not as the note's conclusion. */
const NEARLY = new Set(['problem-list', 'hospital-course', 'plan'])

export function statesDiagnoses(section: string): boolean {
  return DIAGNOSES.has(section)
}

export function nearlyStatesDiagnoses(section: string): boolean {
  return NEARLY.has(section)
}
