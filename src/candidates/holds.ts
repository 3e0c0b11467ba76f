/** Whether an assertion says that something is so: present, sure, now, of the patient. */
import type { Assertion } from '../model/assertion.js'

export function holds({ presence, certainty, temporality, experiencer }: Assertion): boolean {
  return (
    presence === 'present' &&
    certainty === 'confirmed' &&
    temporality === 'current' &&
    experiencer === 'patient'
  )
}
