/**
 * What `--explain` adds below a candidate: who chose which characters, what is missing, near codes, whether it was
 * present on admission, and the score's parts.
 */
import type { Candidate } from '../model/result.js'
import type { Span } from '../model/span.js'

/** A sibling's words are shown for this many siblings. */
const OPTIONS = 4

export function explainCandidate(candidate: Candidate): string[] {
  return [
    ...derivationLines(candidate),
    ...candidate.missing.map(({ axis, options }) => {
      const shown = options.slice(0, OPTIONS).map(({ code, words }) => `${words.join('/')} → ${code}`)
      return `missing ${axis}: ${[...shown, ...(options.length > OPTIONS ? ['…'] : [])].join(', ')}`
    }),
    ...candidate.alternatives.map(({ code, needs }) => `or ${code}, with ${needs}`),
    ...candidate.rules
      .filter(({ effect }) => effect !== 'poa')
      .map(
        ({ id, effect, from }) => `rule ${id}: ${effect}${from.length === 0 ? '' : ` ${from.join(', ')}`}`,
      ),
    ...admissionLine(candidate),
    ...assertionLines(candidate),
    ...scoreLine(candidate),
  ]
}

function derivationLines({ derivation, evidence }: Candidate): string[] {
  const width = Math.max(0, ...derivation.map(({ characters }) => characters.length))
  return derivation.map(({ characters, by, why, source, evidence: cited }) => {
    const words = cited.map(index => `"${oneLine(evidence[index]?.text ?? '')}"`).join(', ')
    return `${characters.padEnd(width)}  by ${by}: ${oneLine(why)}${words === '' ? '' : ` ${words}`}  [${source}]`
  })
}

const ADMISSION: Readonly<Record<string, string>> = {
  Y: 'yes',
  N: 'no, developed during the stay',
  U: 'not clear in the documentation',
  W: 'cannot be determined clinically',
}

/** An applied rule without an indicator: the code is exempt. */
function admissionLine({ poa, rules }: Candidate): string[] {
  if (!rules.some(({ effect }) => effect === 'poa')) return []
  return [`present on admission: ${poa === null ? 'exempt' : `${poa} (${ADMISSION[poa] ?? poa})`}`]
}

function assertionLines({ assertion }: Candidate): string[] {
  const { presence, certainty, temporality, experiencer, cues } = assertion
  const said = cues
    .map(({ text, rule, scope }) => `"${oneLine(text)}" [${rule}]${scopeText(scope)}`)
    .join(', ')
  return [`${presence}, ${certainty}, ${temporality}, ${experiencer}${said === '' ? '' : `: ${said}`}`]
}

function scopeText(scope: Span | undefined): string {
  return scope === undefined ? '' : ` over ${scope.start}–${scope.end}`
}

function scoreLine({ score, scoreParts }: Candidate): string[] {
  if (scoreParts === undefined) return []
  const parts = Object.entries(scoreParts).filter(([, value]) => value !== 0)
  const sum = parts.reduce((total, [, value]) => total + value, 0)
  return [
    `score ${score.toFixed(3)} from log odds ${sum.toFixed(2)} = ${parts.map(([name, value]) => `${name} ${value > 0 ? '+' : ''}${round(value)}`).join(', ')}`,
  ]
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}
