import { describeCases, HISTORICAL, of, PRESENT } from '../support/assertion-cases.js'

const FAMILY = { experiencer: 'family' } as const
const FAMILY_HISTORY = { experiencer: 'family', temporality: 'historical' } as const

describeCases('diseases of relatives', [
  ["'family history of'", 'Family history of [[colon cancer]].', FAMILY_HISTORY],
  ["'FH of'", 'FH of [[MI]]', FAMILY_HISTORY],
  [
    "'no family history of'",
    'No family history of [[sudden death]].',
    { ...FAMILY_HISTORY, presence: 'absent' },
  ],
  ["'mother had'", 'Mother had [[breast cancer]].', of('mother')],
  ["'his father has'", 'His father has [[diabetes]].', of('father')],
  ["'father died of'", 'Father died of [[stroke]] at 60.', of('father')],
  ["'father did pass away from his'", 'His father did pass away from his [[cancer]].', of('father')],
  ["'sister with'", 'One sister with [[lupus]].', of('sister')],
  ["'brother was diagnosed with'", 'Brother was diagnosed with [[lymphoma]].', of('brother')],
  ["'maternal grandmother had'", 'Maternal grandmother had [[glaucoma]].', of('grandmother')],
  ["a list of a relative's diseases", 'Mother has hypertension, diabetes, and [[gout]].', of('mother')],
  ["'mother and father had'", 'Mother and father had [[heart disease]].', of('father')],
  ["'X in his father'", '[[Colon cancer]] in his father.', of('father')],
  ["'X in mother'", '[[Asthma]] in mother', of('mother')],
  ["'X (mother)'", '[[Melanoma]] (mother)', of('mother')],
  ["'relative: X'", 'FH: Mother: [[COPD]]', of('mother')],
  ["'X: relative'", 'FAMILY HISTORY:\n[[Diabetes]]: aunt', of('aunt')],
  ['the possessive', "Worried because of her sister's [[ovarian cancer]].", of('sister')],
  ["'runs in the family'", '[[Migraine]] runs in the family.', FAMILY],
  ['the section', 'FH: [[HTN]], DM', FAMILY_HISTORY],
  ['the section with its relative', 'FAMILY HISTORY: Father with [[CAD]].', of('father')],
  ["the next section is the patient's", 'FH: HTN\nROS: [[cough]]', PRESENT],
  ["'patient' ends it", 'Mother has diabetes; patient has [[asthma]].', PRESENT],
  ["'patient' ends it behind a comma too", 'Mother has diabetes, and patient has [[asthma]].', PRESENT],
  ['a relative who reports', 'Mother reports [[fever]] since Monday.', PRESENT],
  ['a relative who brings', 'Brought in by her mother for [[rash]].', PRESENT],
  ['a relative who lives there', 'Lives with his wife. [[Depression]].', PRESENT],
  ['who told it', 'Per mother, [[vomiting]] twice.', PRESENT],
  ["a relative's occupation", 'Father is in the Navy. [[Obesity]].', PRESENT],
  ['a mother of children', 'Mother of two with [[anxiety]].', PRESENT],
])

describeCases('other persons', [
  ["'wife has'", 'His wife has [[influenza]].', { experiencer: 'other', relative: 'wife' }],
  ["'roommate with'", 'Roommate with [[strep throat]].', { experiencer: 'other', relative: 'roommate' }],
  ["'exposure to'", 'Exposure to [[tuberculosis]] at work.', { experiencer: 'other', relative: 'contact' }],
  ["'donor had'", 'The donor had [[hepatitis B]].', { experiencer: 'donor', relative: 'donor' }],
  ["'donor site' is the patient's", 'Donor site [[infection]].', PRESENT],
  ['a history of his own beside theirs', 'History of [[gout]]; wife is well.', HISTORICAL],
])
