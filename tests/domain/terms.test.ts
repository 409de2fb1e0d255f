import { describe, expect, it } from 'vitest'
import { campaignWordsInput } from '#app/domain/campaign-words-input.ts'
import { heldInput } from '#app/domain/help.ts'
import { PLAN_128, regulationParameters } from '#app/domain/regulation.ts'
import { regulationFields, regulationInput } from '#app/domain/regulation-input.ts'
import { EVERY_TERM, heldTerms } from '#app/domain/terms.ts'
import { EXEMPTION_PARTS, LACKINGS, OBLIGATION_PARTS, OBLIGATIONS, OUTCOMES } from '#app/domain/vocabulary.ts'
import { allObligations, campaignTerms, promisedHelp } from '#app/text/terms.ts'
import { labels } from '#app/text/vocabulary.ts'
import { helpForm } from '#tests/make.ts'

describe('what holds in a campaign', () => {
  it('is everything in plan 128, and in a version that was stored before it was asked', () => {
    const { heldParts: _, heldOutcomes: __, ...before } = PLAN_128
    expect(regulationParameters.parse(before)).toEqual(PLAN_128)
    expect(heldTerms(PLAN_128)).toEqual({
      obligations: OBLIGATIONS,
      parts: OBLIGATION_PARTS,
      outcomes: OUTCOMES,
      exemptionParts: EXEMPTION_PARTS,
      lackings: LACKINGS,
    })
  })

  it('is an obligation where one of its parts does', () => {
    expect(heldTerms({ heldParts: ['phone_4g', 'portal_national'], heldOutcomes: ['eid_activated'] })).toEqual({
      obligations: ['phone_4g', 'portal_login'],
      parts: ['phone_4g', 'portal_national'],
      outcomes: ['eid_activated'],
      exemptionParts: ['phone_4g', 'portal_national', 'quota'],
      lackings: ['phone_4g', 'portal_national', 'obligation', 'target', 'anything', 'any_record'],
    })
    expect(heldTerms({ ...EVERY_TERM, heldParts: [] })).toMatchObject({
      obligations: [],
      exemptionParts: ['quota'],
      lackings: ['target', 'anything', 'any_record'],
    })
  })

  it('leaves no outcome required that does not hold', () => {
    const form = {
      ...regulationFields(PLAN_128),
      heldOutcomes: ['vneid_installed', 'eid_activated'],
      basedOn: '1',
      documentNumber: '1/KH',
      decidedOn: '2024-04-04',
      note: '',
    }
    const read = regulationInput.safeParse(form)
    expect(read.error?.issues.map(({ path, message }) => [path[0], message])).toEqual([
      ['requiredOutcomes', 'required_not_held'],
    ])
    expect(regulationInput.safeParse({ ...form, requiredOutcomes: ['eid_activated'] }).success).toBe(true)
  })

  it('takes nothing new of an outcome that does not hold, and keeps what a record had', () => {
    const input = helpForm(1, {})
    const had = { portal_account: { value: 'achieved', on: '2024-04-11' } } as const
    const held = { heldOutcomes: ['eid_activated' as const] }
    const typed = {
      ...input,
      outcomes: { ...input.outcomes, phone_4g: { value: 'achieved', on: '2024-04-12' } as const },
    }
    expect(heldInput(typed, {}, held).outcomes).toEqual({ eid_activated: input.outcomes.eid_activated })
    expect(heldInput(typed, had, held).outcomes).toEqual({ ...had, eid_activated: input.outcomes.eid_activated })
  })
})

describe('the words of a campaign', () => {
  it('name its terms; what is left blank is called as everywhere', () => {
    const { terms } = campaignWordsInput.parse({
      headline: 'Sáu mươi ngày',
      obligation_sim_signature: 'Chữ ký số cá nhân',
      part_portal_national: 'Cổng quốc gia, 1 lần',
      outcome_eid_activated: '',
    })
    const { names } = campaignTerms(PLAN_128, terms)
    expect(names.obligation.sim_signature).toBe('Chữ ký số cá nhân')
    expect(names.part.sim_signature).toBe('Chữ ký số cá nhân')
    expect(names.shortPart.sim_signature).toBe('Chữ ký số cá nhân')
    expect(names.lacking.portal_national).toBe('Chưa đạt Cổng quốc gia, 1 lần')
    expect(names.obligation.portal_login).toBe(labels.obligation.portal_login)
    expect(names.outcome).toEqual(labels.outcome)
  })

  it('are what a pledge promises', () => {
    const terms = campaignTerms(PLAN_128, { outcome: { eid_activated: 'Tài khoản mức 2' } })
    expect(promisedHelp({ requiredOutcomes: ['eid_activated', 'sim_signature'], quotaReading: 'all' }, terms)).toBe(
      'đạt các nội dung: tài khoản mức 2; SIM chính chủ tích hợp chữ ký số',
    )
    expect(promisedHelp({ requiredOutcomes: ['eid_activated'], quotaReading: 'any' }, terms)).toBe(
      'đạt ít nhất một trong các nội dung: tài khoản mức 2',
    )
  })

  it('count the obligations', () => {
    expect(allObligations(heldTerms(PLAN_128))).toBe('ba nội dung')
    expect(allObligations(heldTerms({ ...EVERY_TERM, heldParts: ['phone_4g'] }))).toBe('nội dung')
  })
})
