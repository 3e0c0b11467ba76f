/**
 * Results as FHIR R4: a line a note, a Bundle of type collection. For each candidate a Condition (a Procedure for
 * CPT and HCPCS) that is a proposal and says so, and a Provenance that says which words of which note it comes
 * from, by which dictionary and rules. Ids follow from the note's id and the code, so the same note gives the same
 * resources; there is no time of recording, for a result holds none.
 */
import type { NoteResult } from '../model/result.js'
import type { Exporter } from './exporter.js'
import { conditionOf, procedureOf, provenanceOf } from './fhir-resources.js'
import { stableUuid } from './stable-uuid.js'

export function fhirExporter(): Exporter {
  return { begin: '', note: result => `${JSON.stringify(bundleOf(result))}\n`, end: () => '' }
}

function bundleOf(result: NoteResult): object {
  const entry = result.candidates.flatMap(candidate => {
    const { system, code } = candidate
    const id = stableUuid('candidate', result.id, system, code)
    const provenanceId = stableUuid('provenance', result.id, system, code)
    const resource = system === 'icd10cm' ? conditionOf(candidate, id) : procedureOf(candidate, id)
    return [
      { fullUrl: `urn:uuid:${id}`, resource },
      {
        fullUrl: `urn:uuid:${provenanceId}`,
        resource: provenanceOf(result, candidate, { id: provenanceId, target: id }),
      },
    ]
  })
  return {
    resourceType: 'Bundle',
    id: stableUuid('bundle', result.id),
    identifier: { value: result.id },
    type: 'collection',
    // FHIR allows no empty array.
    ...(entry.length === 0 ? {} : { entry }),
  }
}
