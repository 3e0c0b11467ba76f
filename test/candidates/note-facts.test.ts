/** What a note says once: the hand that leads, the loss of consciousness, that the encounter is a later one. */
import { describe, expect, it } from 'vitest'
import { readNoteFacts } from '../../src/candidates/note-facts.js'

describe('the hand that leads', () => {
  it.each([
    ['She is right-handed.', 'right'],
    ['Left hand dominant carpenter.', 'left'],
    ['Dominant hand: left.', 'left'],
    ['57M, RHD, with weakness.', 'right'],
    ['He is ambidextrous.', 'both'],
    ['Right dominant circulation on angiography.', undefined],
    ['Pain of the left hand.', undefined],
  ])('%s', (text, side) => expect(readNoteFacts(text).hand()?.side).toBe(side))
})

describe('the time without consciousness', () => {
  it.each([
    ['LOC for 20 seconds', '1'],
    ['lost consciousness for about 30 minutes', '1'],
    ['unconscious for 45 minutes', '2'],
    ['loss of consciousness lasting two hours', '3'],
    ['unconscious for 12 hours', '4'],
    ['LOC of half an hour', '1'],
    ['No LOC.', '0'],
    ['He denies any loss of consciousness.', '0'],
    ['Brief loss of consciousness.', undefined],
    ['Woken every 2 hours.', undefined],
  ])('%s', (text, character) => expect(readNoteFacts(text).unconsciousness()?.character).toBe(character))
})

describe('a later encounter for an injury', () => {
  it.each([
    ['Seen in follow-up for a wrist fracture.', 'Seen in follow-up'],
    ['Returns for recheck of the ankle.', 'Returns for recheck'],
    ['Six weeks after the fall.', 'Six weeks after the fall'],
    ['8 weeks out from ORIF.', '8 weeks out from ORIF'],
    ['Here for 2-week follow-up.', 'Here for 2-week follow-up'],
    ['Films: healing well.', 'healing well'],
    ['Splint placed, ortho follow-up.', undefined],
    ['Follow-up appointment in two weeks.', undefined],
    ['Three weeks after starting lisinopril.', undefined],
    // Treatment of today goes before (I.C.19.a).
    ['OPERATIVE NOTE\nNine days after the fall.', undefined],
    ['Four months after the fracture, nonunion, scheduled for surgery.', undefined],
    ['ED NOTE\nTwo weeks after ankle surgery she fell again.', undefined],
  ])('%s', (text, words) => {
    const followUp = readNoteFacts(text).followUp()
    expect(followUp === undefined ? undefined : text.slice(followUp.start, followUp.end)).toBe(words)
  })
})
