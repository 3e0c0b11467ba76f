/** A rule's result: the candidate of another code, put together from those it rests on. */
import type { Catalogue } from '../../model/dictionary.js'
import type { RuleRow } from '../../model/rules.js'
import type { AppliedRule, Derivation, Evidence } from '../../model/result.js'
import type { Gathered } from '../gather.js'
import { addedFeatures, type FeatureParts } from '../score/features.js'

type Draft = Gathered['candidate']

export interface Combination {
  readonly rule: RuleRow
  readonly code: string
  /** Whose words lead: the new code takes its assertion, and its score where it takes its place. */
  readonly base: Gathered
  readonly partners: readonly Gathered[]
  /** Words of the note that the rule demands. */
  readonly words: readonly Evidence[]
}

/** Undefined where the release has no such code to bill. */
export function combine(
  combination: Combination,
  parts: Pick<FeatureParts, 'noteKind' | 'features'> & { readonly catalogue: Catalogue },
): Gathered | undefined {
  const { rule, code, base, partners, words } = combination
  const { catalogue } = parts
  const entry = catalogue.find(code)
  if (entry < 0 || !catalogue.isBillable(entry)) return undefined
  const evidence: Evidence[] = []
  const isOfWords = restsOnWords(combination)
  const own = isOfWords ? [] : indexesOf(base.candidate.evidence, evidence)
  const others = [...partners.map(({ candidate }) => candidate.evidence), words].flatMap(list =>
    indexesOf(list, evidence),
  )
  const candidate: Draft = {
    ...base.candidate,
    code,
    display: catalogue.title(entry),
    billable: true,
    evidence,
    derivation: derive(combination, own, others),
    rules: [...base.candidate.rules, appliedRule(rule, [base, ...partners])],
  }
  const proposals = isOfWords ? [] : base.proposals.map(proposal => ({ ...proposal, code }))
  const features = rule.effect === 'add' ? addedFeatures(code, rule.section, parts) : base.features
  return { candidate, proposals, features }
}

/** A code that words alone add rests on them and not on what it stands beside. */
function restsOnWords({ rule, partners, words }: Combination): boolean {
  return rule.effect === 'add' && words.length > 0 && partners.length === 0
}

/** The same candidate with what a rule adds to it: the pairs of the given up stay in the ledger. */
export function support(winner: Gathered, rule: RuleRow, others: readonly Gathered[]): Gathered {
  const evidence = [...winner.candidate.evidence]
  for (const { candidate } of others) indexesOf(candidate.evidence, evidence)
  const rules = [...winner.candidate.rules, appliedRule(rule, others)]
  return { ...winner, candidate: { ...winner.candidate, evidence, rules } }
}

function appliedRule({ section, effect }: RuleRow, from: readonly Gathered[]): AppliedRule {
  return { id: section, effect, from: [...new Set(from.map(({ candidate }) => candidate.code))] }
}

/** Adds what is not there yet; answers where each piece stands. */
function indexesOf(pieces: readonly Evidence[], evidence: Evidence[]): number[] {
  return pieces.map(piece => {
    const seen = evidence.findIndex(
      ({ start, end, role }) => start === piece.start && end === piece.end && role === piece.role,
    )
    return seen >= 0 ? seen : evidence.push(piece) - 1
  })
}

/** The characters that base and result share keep the base's words; the rest is the rule's. */
function derive({ rule, code, base }: Combination, own: number[], others: number[]): Derivation[] {
  const shared = sharedBeginning(base.candidate.code, code)
  const byRule = (characters: string, evidence: number[]): Derivation => ({
    characters,
    by: 'rule',
    why: rule.why,
    evidence,
    source: `Guidelines ${rule.section}`,
  })
  if (own.length === 0 || shared.length < CATEGORY) return [byRule(code, [...new Set([...own, ...others])])]
  const first = base.candidate.derivation[0]
  return [
    {
      characters: shared,
      by: 'phrase',
      why: first?.why ?? 'the words name the condition',
      evidence: first?.evidence ?? own,
      source: first?.source ?? 'Lexicon',
    },
    byRule(code.slice(shared.length), others.length > 0 ? [...new Set(others)] : own),
  ]
}

const CATEGORY = 3

function sharedBeginning(left: string, right: string): string {
  let length = 0
  while (length < right.length - 1 && left.charAt(length) === right.charAt(length)) length++
  return right.slice(0, length)
}
