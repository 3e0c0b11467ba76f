/**
 * Sites of secondary neoplasms that share one word in a list: every site is coded (Official Guidelines I.C.2).
 *
 *   metastatic to liver and bone          also bone metastasis
 *   mets to the lung, liver and brain     also liver and brain metastasis
 *   liver and bone metastases             also liver metastasis
 */
import { GAP, type Document } from '../model/document.js'
import type { Sense } from '../model/dictionary.js'
import type { Mention } from './mention.js'

export interface SiteLookup {
  /** Senses of the phrase of exactly these words; none where there is no such phrase. */
  readonly sensesOf: (words: readonly number[]) => readonly Sense[]
  /** Whether a sense is a secondary neoplasm. */
  readonly isSecondary: (sense: Sense) => boolean
  readonly wordId: (word: string) => number
}

const JOINING = new Set(['and', '&', 'plus'])
const SKIPPED = new Set([...JOINING, 'the', 'also', 'to'])
/** Items of a list that are looked at. */
const MOST_ITEMS = 5
const EDGE = GAP.sentence | GAP.newline | GAP.cell | GAP.semicolon
const ITEM_END = EDGE | GAP.comma | GAP.period | GAP.paren

/** The mentions with those of the further sites among them, in order of their places. */
export function addListedSites(
  document: Document,
  mentions: readonly Mention[],
  lookup: SiteLookup,
): readonly Mention[] {
  const secondary = mentions.filter(({ senses }) => senses.some(lookup.isSecondary))
  if (secondary.length === 0) return mentions
  const taken = new Set(mentions.filter(({ tokens }) => tokens.length > 1).flatMap(({ tokens }) => tokens))
  const siteAt = (token: number): Mention | undefined =>
    taken.has(token) ? undefined : readSite(document, token, lookup)
  const found = secondary.flatMap(mention => [
    ...sitesBehind(document, mention, lookup, siteAt),
    ...sitesBefore(document, mention, lookup, siteAt),
  ])
  // A list may be entered from both its ends.
  const added = [...new Map(found.map(site => [site.firstToken, site])).values()]
  if (added.length === 0) return mentions
  const places = new Set(added.map(({ firstToken }) => firstToken))
  const kept = mentions.filter(({ tokens }) => tokens.length > 1 || !places.has(tokens[0] as number))
  return [...kept, ...added].sort((a, b) => a.firstToken - b.firstToken || a.endToken - b.endToken)
}

type SiteAt = (token: number) => Mention | undefined

/** `metastatic to liver` → `and bone`. */
function sitesBehind(document: Document, mention: Mention, lookup: SiteLookup, siteAt: SiteAt): Mention[] {
  const { tokens } = document
  if (readSite(document, mention.endToken - 1, lookup) === undefined) return []
  const found: Mention[] = []
  let token = mention.endToken
  for (let item = 0; item < MOST_ITEMS && token < tokens.count; item++) {
    const isListed = hasGap(document, token, GAP.comma) || JOINING.has(wordAt(document, token))
    while (token < tokens.count && !hasGap(document, token, EDGE) && SKIPPED.has(wordAt(document, token)))
      token++
    const isOpen = token < tokens.count && !hasGap(document, token, EDGE)
    const site = isListed && isOpen && endsItem(document, token + 1) ? siteAt(token) : undefined
    if (site === undefined) break
    found.push(site)
    token++
  }
  return found
}

/** `liver and` ← `bone metastases`. */
function sitesBefore(document: Document, mention: Mention, lookup: SiteLookup, siteAt: SiteAt): Mention[] {
  if (readSite(document, mention.firstToken, lookup) === undefined) return []
  const found: Mention[] = []
  let past = mention.firstToken
  for (let item = 0; item < MOST_ITEMS && past > 0; item++) {
    const isJoined = JOINING.has(wordAt(document, past - 1))
    const token = isJoined ? past - 2 : past - 1
    const isListed = (isJoined || hasGap(document, past, GAP.comma)) && !hasGap(document, past, EDGE)
    const site = isListed && token >= 0 && !hasGap(document, token + 1, EDGE) ? siteAt(token) : undefined
    if (site === undefined) break
    found.push(site)
    past = token
  }
  return found
}

function readSite({ tokens }: Document, token: number, lookup: SiteLookup): Mention | undefined {
  const senses = lookup.sensesOf([tokens.id[token] as number, lookup.wordId('metastasis')])
  if (!senses.some(lookup.isSecondary)) return undefined
  return { firstToken: token, endToken: token + 1, tokens: [token], phrase: -1, senses }
}

/** What stands behind a site of a list: the end of its item, or the word that joins the next. */
function endsItem(document: Document, token: number): boolean {
  const isLast = token >= document.tokens.count
  return isLast || hasGap(document, token, ITEM_END) || JOINING.has(wordAt(document, token))
}

function hasGap({ tokens }: Document, token: number, flags: number): boolean {
  return ((tokens.gap[token] as number) & flags) !== 0
}

function wordAt({ text, tokens }: Document, token: number): string {
  return text.slice(tokens.start[token], tokens.end[token]).toLowerCase()
}
