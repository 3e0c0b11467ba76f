/**
 * Codes of ActEncounterCode (2.16.840.1.113883.5.4), with which C-CDA and FHIR both say what an encounter is
 * → the setting of the note. Observation (OBSENC) and the pre-admission visit are outpatient care.
 */
import type { Setting } from '../model/note.js'

export const ENCOUNTER_SETTINGS: ReadonlyMap<string, Setting> = new Map<string, Setting>([
  ...['IMP', 'ACUTE', 'NONAC'].map(code => [code, 'inpatient'] as const),
  ...['AMB', 'EMER', 'HH', 'OBSENC', 'FLD', 'VR', 'SS', 'PRENC'].map(code => [code, 'outpatient'] as const),
])
