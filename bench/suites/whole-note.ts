/**
 * A whole note: read, match and assert, and the full way to codes, against winkNLP with its whole pipe
 * (sentences, negation, sentiment, entities, part of speech) on the same notes.
 */
import { OUTPATIENT, assertAllMatches, openEngine } from '../own-engine.js'
import { charactersOf, mustEqual, readNotes, runSuite, WrongAnswer } from '../suite.js'
import { timeInTurns } from '../timing.js'
import { loadWink } from '../wink.js'

const CHARACTERS = 250_000

runSuite(config => {
  const notes = readNotes(config, CHARACTERS)
  const engine = openEngine(config.snapshot)
  const { candidates, matches } = check(config.snapshot, notes)
  const whole = loadWink()
  const negation = loadWink(['sbd', 'negation'])
  const contestants = [
    { name: 'read', pass: () => each(notes, note => engine.read(note).tokens.count) },
    { name: 'read + match', pass: () => each(notes, note => engine.match(engine.read(note)).count) },
    { name: 'read + match + context', pass: () => each(notes, note => assertAllMatches(engine, note)) },
    { name: 'code', pass: () => each(notes, note => engine.code(note, OUTPATIENT).candidates.length) },
    {
      name: 'winkNLP, sentences and negation',
      pass: () => each(notes, note => negation.readDoc(note).tokens().length()),
    },
    { name: 'winkNLP, whole pipe', pass: () => each(notes, note => whole.readDoc(note).tokens().length()) },
  ]
  return {
    groups: { 'whole note': timeInTurns(contestants, config.rounds) },
    figures: { characters: charactersOf(notes), notes: notes.length, candidates, matches },
  }
})

/** Two engines say the same, and every quote stands where it says. */
function check(snapshot: string, notes: readonly string[]): { candidates: number; matches: number } {
  const [one, other] = [openEngine(snapshot), openEngine(snapshot)]
  let candidates = 0
  let matches = 0
  const results = notes.map(note => {
    const coded = one.code(note, OUTPATIENT)
    for (const { start, end, text } of [
      ...coded.candidates.flatMap(each => each.evidence),
      ...coded.notCoded,
    ])
      mustEqual('a quote', note.slice(start, end), text)
    candidates += coded.candidates.length
    return JSON.stringify(coded)
  })
  notes
    .toReversed()
    .forEach((note, i) =>
      mustEqual('a second run', JSON.stringify(other.code(note, OUTPATIENT)), results.at(-1 - i)),
    )
  for (const note of notes) matches += assertAllMatches(one, note)
  if (candidates < notes.length) throw new WrongAnswer(`${candidates} candidates in ${notes.length} notes`)
  return { candidates, matches }
}

function each(notes: readonly string[], count: (note: string) => number): number {
  let sum = 0
  for (const note of notes) sum += count(note)
  return sum
}
