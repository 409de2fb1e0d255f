import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordHelp } from '#app/queries/help.server.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { withdrawHelp } from '#app/queries/help-withdrawal.server.ts'
import { recount } from '#app/queries/judging/index.server.ts'
import { storedStanding } from '#app/queries/judging/standing.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  confirmNow,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  unitNamed,
} from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

function team() {
  const unit = unitNamed('Sở Nội vụ')
  const official = makeOfficial(unit.id)
  const head = makeOfficial(unit.id)
  return { unit, official, head: grantTo(head.actor, 'head', unit.id) }
}

const totals = (unitId: number) =>
  prepared(
    `select reported, counted, awaiting from help_total where campaign_id = 1 and dimension = 'unit' and key = ?`,
  ).get(String(unitId))

describe('recordHelp', () => {
  it('refuses a name in letters of a lost font, as every list does', () => {
    const { official } = team()
    const input = helpForm(1)
    const typed = { ...input, citizen: { ...input.citizen, name: 'Hoµng ThÞ Thö Toµn' } }
    const made = recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input: typed })
    expect(made).toEqual({ ok: false, problems: [{ field: 'citizenName', reason: 'name_lost_font' }] })
  })

  it('waits for the unit, then counts in the unit and the province, once', () => {
    const { unit, official, head } = team()
    const made = recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input: helpForm(1) })
    if (!made.ok) throw new Error(JSON.stringify(made))
    expect(totals(unit.id)).toEqual({ reported: 1, counted: 0, awaiting: 1 })
    expect(confirmNow(head, CAMPAIGN, [made.helpId])).toEqual({ confirmed: 1, left: [] })
    expect(totals(unit.id)).toEqual({ reported: 1, counted: 1, awaiting: 0 })
    expect(totals(1)).toEqual({ reported: 1, counted: 1, awaiting: 0 })
    expect(storedStanding(CAMPAIGN, official.officialId)).toMatchObject({ reported: 1, counted: 1, target: 10 })
    expect(recount(CAMPAIGN)).toEqual([])
  })

  it('saves the same submission once', () => {
    const { official } = team()
    const input = helpForm(1)
    const first = recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input })
    const second = recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input })
    expect(second).toEqual(first)
    expect(prepared('select count(*) as n from help').get()).toEqual({ n: 1 })
  })

  it('gives the credit to the first claim, and to the next when that falls (cases 8, 9)', () => {
    const { unit, official, head } = team()
    const other = makeOfficial(unit.id)
    const a = recordHelp(official.actor, CAMPAIGN, { officialId: official.officialId, input: helpForm(1) })
    const b = recordHelp(other.actor, CAMPAIGN, { officialId: other.officialId, input: helpForm(1) })
    if (!a.ok || !b.ok) throw new Error('refused')
    confirmNow(head, CAMPAIGN, [a.helpId, b.helpId])
    expect(findHelp(other.actor, CAMPAIGN, b.helpId)?.verdictReason).toBe('duplicate_claim')
    withdrawHelp(official.actor, CAMPAIGN, a.helpId)
    expect(findHelp(other.actor, CAMPAIGN, b.helpId)?.verdictReason).toBe('confirmed')
    expect(findHelp(official.actor, CAMPAIGN, b.helpId)).toBeUndefined()
    expect(recount(CAMPAIGN)).toEqual([])
  })
})
