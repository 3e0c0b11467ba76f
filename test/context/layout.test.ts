import { ABSENT, describeCases, POSSIBLE, PRESENT } from '../support/assertion-cases.js'

describeCases('labels and their values', [
  ["'label: no'", '[[Fever]]: no', ABSENT],
  [
    "'label: No' before another label in the same line",
    '[[Chest pain]]: No Shortness of breath: Yes',
    ABSENT,
  ],
  [
    "'label: Yes' behind another label in the same line",
    'Chest pain: No [[Shortness of breath]]: Yes',
    PRESENT,
  ],
  ["'x: no, y: yes' field by field: the first", '[[fever]]: no, cough: yes', ABSENT],
  ["'x: no, y: yes' field by field: the second", 'fever: no, [[cough]]: yes', PRESENT],
  ['a label of several words', '[[Blood Transfusion]]: No', ABSENT],
  ["'label: none'", '[[fever]]: none', ABSENT],
  ["'label - none'", '[[Hives]] - none', ABSENT],
  ["'label: denies'", '[[Nausea]], vomiting: denies', ABSENT],
  ["'label: negative'", '[[Hepatitis C]]: negative', ABSENT],
  ["'label: N'", '[[Asthma]]: N', ABSENT],
  ["'label: Y'", '[[Asthma]]: Y', PRESENT],
  ['a column', '[[Fever]]\tNo\nCough\tYes', ABSENT],
  ['a column of the next line', 'Fever\tNo\n[[Cough]]\tYes', PRESENT],
  ['a question and its answer', 'Any [[chest pain]]? No. Cough? Yes.', ABSENT],
  ['a question that is answered with yes', 'Any chest pain? No. [[Cough]]? Yes.', PRESENT],
  ["'no' behind a heading still negates forward", 'Neuro: no [[focal deficit]]', ABSENT],
  ["'slash list neg'", '[[murmurs]]/rubs/gallops neg', ABSENT],
  ["'x (negative)'", '[[HIV]] (negative), hepatitis pending', ABSENT],
  ["'label: unchanged' says nothing", '[[Edema]]: unchanged', PRESENT],
])

describeCases('plus and minus', [
  ["'-X' in a line", 'ROS: +cough, -[[fever]], -chills', ABSENT],
  ["'+X' in a line", 'ROS: -fever, +[[cough]]', PRESENT],
  ["'X (-)'", '[[Murphy sign]] (-), afebrile', ABSENT],
  ["'(-) X'", '(-) [[diarrhea]], (+) vomiting', ABSENT],
  ["'(+) X' behind '(-) Y'", '(-) diarrhea, (+) [[vomiting]]', PRESENT],
  ["'X -,'", '[[fever]] -, cough +', ABSENT],
  ['a hyphen inside a word is no minus', 'follow-up of [[asthma]]', PRESENT],
  ['a bullet is no minus', 'Plan:\n- [[pneumonia]]: antibiotics', PRESENT],
  ['a bullet without its blank is no minus', 'Plan:\n-[[pneumonia]]: antibiotics', PRESENT],
  ['a range is no minus', 'for 3 -5 days [[pain]]', PRESENT],
])

describeCases('check boxes', [
  ['an unticked box before its label', '[ ] [[fever]]  [x] chills', ABSENT],
  ['a ticked box before its label', '[ ] fever  [x] [[chills]]', PRESENT],
  ['boxes behind a colon', 'Symptoms: [x] cough [ ] [[wheeze]]', ABSENT],
  ['signs instead of brackets, ticked', '☒ [[Diabetes]] ☐ Stroke', PRESENT],
  ['signs instead of brackets, unticked', '☒ Diabetes ☐ [[Stroke]]', ABSENT],
  ['boxes behind their labels, unticked', '[[fever]] [ ]  chills [x]', ABSENT],
  ['boxes behind their labels, ticked', 'fever [ ]  [[chills]] [x]', PRESENT],
  ['ticked No of a pair', '[[Smoking]]: [ ] Yes [x] No', ABSENT],
  ['ticked Yes of a pair', '[[Smoking]]: [x] Yes [ ] No', PRESENT],
  ['a box per line', '[x] COPD\n[ ] [[Cancer]]\n[x] Gout', ABSENT],
  ['the line after an unticked box', '[ ] Cancer\n[[Gout]] since 2010', PRESENT],
])

describeCases('limits of the layout', [
  ['a cue does not cross bullets', '- no fever\n- [[cough]]', PRESENT],
  ['a cue does not cross list numbers', '1. No fever\n2. [[Cough]]', PRESENT],
  ['a cue does not cross a line and a blank line with a space', 'No fever\n \n[[Cough]]', PRESENT],
  ['a cue does not cross columns', 'No fever\t[[cough]]', PRESENT],
  [
    'a cue crosses a hard-wrapped line',
    'The patient has been seen twice this month and denies\n[[chest pain]] at rest or on exertion.',
    ABSENT,
  ],
  [
    'a cue does not cross a new heading',
    'ROS: denies fever FAMILY HISTORY: none PHYSICAL EXAM: [[wheezing]]',
    PRESENT,
  ],
  ['CRLF is a line break', 'No fever\r\n\r\n[[Cough]]', PRESENT],
  ['a form feed is a line break', 'No fever.\f[[Cough]]', PRESENT],
  ["'?X' is uncertain", '?[[PE]]', POSSIBLE],
  ["'X?' is uncertain", '[[PE]]? will get CTA', POSSIBLE],
])
