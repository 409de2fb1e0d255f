import { describe, expect, it, test } from 'vitest'
import { askCollectionDay, type CollectionDay, checkCollectionDay, pointInput } from '#app/domain/collection.ts'
import { offerInput, offerRequestInput } from '#app/domain/offer-input.ts'
import { checkOutreach } from '#app/domain/outreach-input.ts'

const POINT = { fromOn: '2024-06-01', toOn: '2024-06-30', today: '2024-06-12' }
const day = (text: string, received: number, sentOn: number, approved: number): CollectionDay => ({
  day: text,
  invited: 50,
  received,
  sentOn,
  approved,
})

/** A day entered beside the others of its point. */
const DAYS = [
  { label: 'the first day', entered: day('2024-06-03', 30, 20, 0), days: [], reason: null },
  {
    label: 'sent on more than received',
    entered: day('2024-06-03', 30, 31, 0),
    days: [],
    reason: 'more_sent_than_received',
  },
  {
    label: 'approved more than sent on',
    entered: day('2024-06-03', 30, 20, 21),
    days: [],
    reason: 'more_approved_than_sent',
  },
  {
    label: 'more sent on than received that day, out of what was left over',
    entered: day('2024-06-04', 5, 15, 10),
    days: [day('2024-06-03', 30, 20, 0)],
    reason: null,
  },
  {
    label: 'a day replaced, so that a later one no longer adds up',
    entered: day('2024-06-03', 10, 10, 0),
    days: [day('2024-06-03', 30, 20, 0), day('2024-06-04', 0, 10, 0)],
    reason: 'more_sent_than_received',
  },
  {
    label: 'sent on before it was received',
    entered: day('2024-06-02', 0, 5, 0),
    days: [day('2024-06-03', 30, 0, 0)],
    reason: 'more_sent_than_received',
  },
  { label: 'tomorrow', entered: day('2024-06-13', 1, 0, 0), days: [], reason: 'in_future' },
  { label: 'before the point opened', entered: day('2024-05-31', 1, 0, 0), days: [], reason: 'outside_point_days' },
]

test.each(DAYS)('$label: $reason', ({ entered, days, reason }) => {
  expect(checkCollectionDay(entered, { days, ...POINT })[0]?.reason ?? null).toBe(reason)
})

test.each([
  { invited: 50, received: 50, asks: [] },
  { invited: 50, received: 51, asks: ['more_received_than_invited'] },
  { invited: 90, received: 61, asks: ['over_capacity'] },
  { invited: 0, received: 61, asks: ['more_received_than_invited', 'over_capacity'] },
])('$received received of $invited invited asks: $asks', ({ asks, ...figures }) => {
  expect(askCollectionDay(figures, 60)).toEqual(asks)
})

test.each([
  { heldOn: '2024-06-12', reason: undefined },
  { heldOn: '2024-06-13', reason: 'in_future' },
  { heldOn: '2024-04-04', reason: undefined },
  { heldOn: '2024-04-03', reason: 'outside_campaign' },
])('outreach on $heldOn: $reason', ({ heldOn, reason }) => {
  expect(checkOutreach({ heldOn }, { today: '2024-06-12', startsOn: '2024-04-04' })[0]?.reason).toBe(reason)
})

describe('what is typed', () => {
  const problemOf = (result: { success: boolean; error?: { issues: readonly { message: string }[] } }) =>
    result.error?.issues[0]?.message

  it('a point ends no earlier than it begins', () => {
    const typed = {
      kind: 'fixed',
      name: 'Điểm 1',
      localityCode: '25195',
      place: 'Trụ sở',
      fromOn: '2024-06-10',
      toOn: '2024-06-09',
      hours: 'sáng',
      dailyCapacity: '40',
    }
    expect(problemOf(pointInput.safeParse(typed))).toBe('ends_before_start')
    expect(pointInput.parse({ ...typed, toOn: '2024-06-10' }).dailyCapacity).toBe(40)
    expect(problemOf(pointInput.safeParse({ ...typed, toOn: '2024-06-10', dailyCapacity: '0' }))).toBe('out_of_range')
  })

  it('an offer’s price is a number as it is written; an end is no earlier than the start', () => {
    const typed = { carrier: 'viettel', kind: 'sim', name: 'SIM', price: '0', fromOn: '2024-06-10', toOn: '' }
    expect(offerInput.parse(typed)).toMatchObject({ price: 0, toOn: null })
    expect(offerInput.parse({ ...typed, price: '1.000' }).price).toBe(1000)
    expect(problemOf(offerInput.safeParse({ ...typed, price: '1.05' }))).toBe('not_a_number')
    expect(problemOf(offerInput.safeParse({ ...typed, toOn: '2024-06-09' }))).toBe('ends_before_start')
  })

  it('a wish needs the citizen’s consent and a mobile number', () => {
    const typed = {
      name: 'Thị Mai',
      phone: '0541 234 567',
      localityCode: '25195',
      consentChannel: 'paper',
      consent: 'on',
    }
    expect(offerRequestInput.parse(typed)).toMatchObject({ phone: '0541234567', hamlet: null })
    expect(problemOf(offerRequestInput.safeParse({ ...typed, consent: undefined }))).toBe('consent_needed')
    expect(problemOf(offerRequestInput.safeParse({ ...typed, phone: '123' }))).toBe('phone_not_mobile')
  })
})
