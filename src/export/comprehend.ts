/**
 * Results in the shape of Amazon Comprehend Medical's InferICD10CM response, for programs that read that: an entity
 * for each stretch of the note that is a condition, with its codes, its traits and the attributes around it. What was
 * seen and not coded is there with the trait that says why (NEGATION, PERTAINS_TO_FAMILY …). Offsets are code points,
 * as there, so those of the result must be such. The shape: docs.aws.amazon.com, API_medical_InferICD10CM.
 */
import type { NoteResult } from '../model/result.js'
import { entitiesOf } from './comprehend-entities.js'
import type { Exporter } from './exporter.js'

/** A line a note; in the order of the notes. */
export function comprehendExporter(): Exporter {
  return { begin: '', note: result => `${JSON.stringify(responseOf(result))}\n`, end: () => '' }
}

/** In a batch the line names its note beside the response: `{id, response}`. */
export function comprehendLinesExporter(): Exporter {
  return {
    begin: '',
    note: result => `${JSON.stringify({ id: result.id, response: responseOf(result) })}\n`,
    end: () => '',
  }
}

export function responseOf(result: NoteResult): object {
  const versions = result.dictionaries
    .filter(({ system }) => system === 'icd10cm')
    .map(({ release }) => release)
  return { Entities: entitiesOf(result), ModelVersion: ['chartcode', result.engine, ...versions].join(' ') }
}
