import { afterEach, beforeEach, expect, it } from 'vitest'
import { PLAN_128 } from '#app/domain/regulation.ts'
import { createCampaign, hasOtherCampaigns, listCampaigns } from '#app/queries/campaign.server.ts'
import { campaignToChoose, confirmCampaign } from '#app/queries/campaign-choice.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { readPublicBoard } from '#app/queries/public-board.server.ts'
import { rootUnit } from '#app/queries/unit.server.ts'
import { CAMPAIGN, dropProvince, grantTo, helpForm, makeOfficial, makeProvince, unitNamed } from '#tests/make.ts'

const LATER = '2026-11-29'
const NEW = {
  code: '250/KH-UBND',
  name: 'Đợt mới',
  issuer: 'UBND tỉnh Bình Phước',
  issuedOn: LATER,
  parameters: { ...PLAN_128, startsOn: '2026-12-01', endsOn: '2027-02-28', finalReportOn: '2027-03-15' },
  annexOf: null,
}

beforeEach(() => {
  makeProvince(Date.parse(`${LATER}T09:00+07:00`))
})
afterEach(dropProvince)

const makeOffice = () => grantTo(makeOfficial(unitNamed('Sở Y tế').id).actor, 'campaign_office', rootUnit().id)

it('asks while the founded campaign is over, and nobody is told that it has ended', () => {
  expect(campaignToChoose('2024-07-03')).toBe(undefined)
  expect(campaignToChoose(LATER)).toBe(CAMPAIGN)
  expect(readPublicBoard({ kind: 'anonymous' }).campaign.day).toBe(0)
})

it('asks no more once the campaign office has confirmed it, which is in the log', () => {
  const office = makeOffice()
  expect(() => confirmCampaign(makeOfficial(unitNamed('Sở Y tế').id).actor, LATER)).toThrow()
  expect(confirmCampaign(office, LATER)).toBe(true)
  expect(confirmCampaign(office, LATER)).toBe(false)
  expect(campaignToChoose(LATER)).toBe(undefined)
  expect(readPublicBoard({ kind: 'anonymous' }).campaign.day).toBeGreaterThan(91)
})

it('asks no more once there is another campaign, which the public page then shows', () => {
  expect(createCampaign(makeOffice(), NEW).ok).toBe(true)
  expect(campaignToChoose(LATER)).toBe(undefined)
  expect(readPublicBoard({ kind: 'anonymous' }).campaign.code).toBe(NEW.code)
  // the founded plan, which nobody ran, is no campaign beside it
  expect(listCampaigns().map(({ code }) => code)).toEqual([NEW.code])
  expect(hasOtherCampaigns()).toBe(false)
})

it('does not ask of a campaign that was run and is over', () => {
  const { actor, officialId } = makeOfficial(unitNamed('Sở Y tế').id)
  const made = recordHelp(actor, CAMPAIGN, {
    officialId,
    input: helpForm(1),
    lateDocument: { number: '15/CV-SYT', on: '2024-07-15' },
  })
  expect(made.ok).toBe(true)
  expect(campaignToChoose(LATER)).toBe(undefined)
})
