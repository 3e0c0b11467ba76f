/** Notes of a night, as many as are wanted: short, invented, each with conditions to code and some to leave out. */
import type { Note } from '../../src/model/note.js'
import type { Random } from './random.js'

const CONDITIONS = [
  'type 2 diabetes with neuropathy',
  'essential hypertension',
  'acute bronchitis',
  'chronic kidney disease stage 3a',
  'left knee osteoarthritis',
  'migraine without aura',
  'iron deficiency anemia',
  'hypothyroidism',
  'closed fracture of the left distal radius, initial encounter',
  'asthma, mild intermittent',
]
const ABSENT = ['chest pain', 'fever', 'shortness of breath', 'pneumonia', 'deep vein thrombosis']
const FACILITIES = ['north', 'south', 'harbor', 'hill']

export function inventNotes(count: number, random: Random): Note[] {
  return Array.from({ length: count }, (_, number) => {
    const [first, second] = [
      CONDITIONS[random.below(CONDITIONS.length)],
      CONDITIONS[number % CONDITIONS.length],
    ]
    const absent = ABSENT[random.below(ABSENT.length)]
    return {
      id: `MRN-${String(number).padStart(6, '0')}`,
      text: `Visit ${number}.\nAssessment:\n1. ${first}, stable.\n2. ${second}.\nDenies ${absent}.\nPlan: return in ${1 + random.below(12)} weeks.\n`,
      facility: FACILITIES[number % FACILITIES.length] as string,
    }
  })
}
