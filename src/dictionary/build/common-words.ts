/**
 * Words that notes are full of. A set of words is filed under its rarest word; counted among phrases
 * alone, "pain" and "left" look rare enough, so these are told apart by hand. It only moves work: which
 * sets are found does not depend on it.
 */
const COMMON = `
  pain left right history patient back chest normal noted time day days week weeks month months year years
  evidence negative positive no not i we he she her his it they who when where which that this have had has
  been was were be is are did does do done some any all other more less very well good only once than then
  will would may can about after before during following over under up down out off on at from into through
  between without with within per past prior present present last first second third two three four five six
  seven eight nine ten 0 1 2 3 4 5 6 7 8 9 10 11 12 15 20 30 50 100 a b c d e ii iii iv mg ml cm mm dr
  upper lower anterior posterior lateral medial distal proximal superior inferior bilateral both side sided
  head neck abdomen arm leg hand foot knee hip shoulder eye ear heart lung skin blood bone joint muscle nerve
  artery vein vessel tissue wound area site body level general local small large mild moderate severe acute
  chronic significant stable clear soft open closed complete partial old new daily use used using take taken
  left-sided right-sided surgery surgical operative postoperative preoperative procedure examination exam
  anesthesia medication medications drug treatment therapy care disease diagnosis condition complication
  complications symptoms signs findings family social medical physical status review follow discharge
  admission hospital home weight pressure rate loss change due because secondary associated
`
const COMMON_WORDS: readonly string[] = COMMON.split(/\s+/).filter(word => word !== '')

export function commonWords(): readonly string[] {
  return COMMON_WORDS
}

/** Weight of a common word in the choice of the anchor: above any count of sets. */
const COMMON_WEIGHT = 1_000_000

/** Word id → what is added to the number of sets that hold it. */
export function anchorWeights(idOf: (word: string) => number, words: number): Uint32Array {
  const weights = new Uint32Array(words)
  for (const word of COMMON_WORDS) {
    const id = idOf(word)
    if (id > 0 && id < words) weights[id] = COMMON_WEIGHT
  }
  return weights
}

const BREAKS = 'or nor but vs versus no not without denies denied denying negative'.split(' ')

/**
 * Ids of the words over which no set of words reaches: "varices or edema" is no varix with edema, "the knee
 * has no effusion" no effusion of the knee.
 */
export function breakWords(idOf: (word: string) => number): Uint32Array {
  return Uint32Array.from(BREAKS.map(idOf).filter(id => id > 0))
}
