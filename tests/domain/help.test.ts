import { parseWithZod } from '@conform-to/zod/v4'
import { describe, expect, test } from 'vitest'
import {
  changesVerdict,
  checkCitizenChange,
  checkHelp,
  checkWithdrawal,
  claimedAtAfter,
  type HelpContext,
  helpInput,
  type JudgedFields,
} from '#app/domain/help.ts'
import { PLAN_128 } from '#app/domain/regulation.ts'

/** The form as a browser sends it: every field present, blank where nothing was typed. */
const typed: Record<string, string> = {
  submissionKey: '0190a6c0-3b7e-7cc0-9d6f-1f2e3d4c5b6a',
  citizenName: 'Điểu Thị Ngễnh',
  citizenNumber: '070 204 012345',
  birthOn: '',
  birthYear: '2004',
  phone: '',
  carrier: '',
  localityCode: '25195',
  hamlet: '',
  helpedOn: '2024-04-10',
  place: 'home',
  outcome_vneid_installed: 'achieved',
  outcome_vneid_installed_on: '2024-04-10',
  outcome_eid_activated: 'achieved',
  outcome_eid_activated_on: '2024-04-11',
  outcome_sim_signature: 'not_yet',
  outcome_sim_signature_on: '',
  outcome_id_card_issued: '',
  outcome_id_card_issued_on: '',
  consentChannel: 'own_phone',
  consent: 'on',
  note: '',
}

const context: HelpContext = { today: '2024-04-12', isSelf: false, isKnownLocality: true, regulation: PLAN_128 }

function form(changes: Record<string, string>): FormData {
  const data = new FormData()
  for (const [field, text] of Object.entries({ ...typed, ...changes })) data.set(field, text)
  return data
}

/** Problems of a filled-in form as `field: reason`, from the shape, else from the check. */
function problemsOf(changes: Record<string, string>, inContext: Partial<HelpContext> = {}): string[] {
  const parsed = helpInput.safeParse({ ...typed, ...changes })
  if (!parsed.success) return parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`)
  return checkHelp(parsed.data, { ...context, ...inContext }).map(({ field, reason }) => `${field}: ${reason}`)
}

describe('a form that is accepted', () => {
  test('is read and normalised', () => {
    const changes = {
      citizenName: '  Điểu   Thị Ngễnh '.normalize('NFD'),
      phone: '+84 912 345 678',
      carrier: 'vinaphone',
    }
    expect(helpInput.parse({ ...typed, ...changes })).toEqual({
      submissionKey: typed.submissionKey,
      citizen: {
        name: 'Điểu Thị Ngễnh',
        number: '070204012345',
        birthOn: null,
        birthYear: 2004,
        phone: '0912345678',
        carrier: 'vinaphone',
        localityCode: '25195',
        hamlet: null,
      },
      helpedOn: '2024-04-10',
      place: 'home',
      outcomes: {
        vneid_installed: { value: 'achieved', on: '2024-04-10' },
        eid_activated: { value: 'achieved', on: '2024-04-11' },
        sim_signature: { value: 'not_yet', on: null },
      },
      consentChannel: 'own_phone',
      note: null,
    })
  })

  test.each<{ label: string; changes: Record<string, string> }>([
    { label: 'as typed', changes: {} },
    { label: 'no birth given: the number says the year', changes: { birthYear: '' } },
    { label: 'full birth date in place of the year', changes: { birthOn: '2004-02-29', birthYear: '' } },
    { label: 'helped before the campaign: a verdict, not a refusal', changes: { helpedOn: '2024-04-01' } },
    { label: 'a SIM already had, undated', changes: { outcome_sim_signature: 'already_had' } },
    {
      label: 'an activation already had years ago',
      changes: { outcome_eid_activated: 'already_had', outcome_eid_activated_on: '2022-01-01' },
    },
    {
      label: 'an activation already had on the day of the visit',
      changes: { outcome_eid_activated: 'already_had', outcome_eid_activated_on: '2024-04-10' },
    },
    { label: 'a date left beside an outcome not yet', changes: { outcome_sim_signature_on: '2024-04-11' } },
    { label: 'a name with an apostrophe', changes: { citizenName: "Điểu K'Rá" } },
    { label: 'one word for a name', changes: { citizenName: 'Ngễnh' } },
    {
      label: 'case 17: born 01/4/2010, helped 04/4',
      changes: { citizenNumber: '070310000123', birthYear: '', birthOn: '2010-04-01', helpedOn: '2024-04-04' },
    },
  ])('$label', ({ changes }) => {
    expect(problemsOf(changes)).toEqual([])
  })

  test('the same through conform, which drops blank fields', () => {
    const submission = parseWithZod(form({}), { schema: helpInput })
    expect(submission.status === 'success' && submission.value).toEqual(helpInput.parse(typed))
  })
})

describe('a form that is refused', () => {
  test.each<{ label: string; changes: Record<string, string>; problems: string[] }>([
    {
      label: 'case 16: born 1999 given, the number says 2004',
      changes: { birthYear: '1999' },
      problems: ['birthYear: birth_disagrees'],
    },
    {
      label: 'birth date and number disagree',
      changes: { birthOn: '1999-05-01', birthYear: '' },
      problems: ['birthOn: birth_disagrees'],
    },
    {
      label: 'case 17: born 2010, only the year given',
      changes: { citizenNumber: '070310000123', birthYear: '2010', helpedOn: '2024-04-04' },
      problems: ['birthOn: birth_date_needed'],
    },
    {
      label: 'case 17: born 05/4/2010',
      changes: { citizenNumber: '070310000123', birthYear: '', birthOn: '2010-04-05', helpedOn: '2024-04-04' },
      problems: ['birthOn: too_young'],
    },
    {
      label: 'born 2015',
      changes: { citizenNumber: '070315000123', birthYear: '2015' },
      problems: ['citizenNumber: too_young'],
    },
    {
      label: 'a number too short',
      changes: { citizenNumber: '07020401234' },
      problems: ['citizenNumber: id_number_length'],
    },
    { label: 'a landline', changes: { phone: '02713888888' }, problems: ['phone: phone_landline'] },
    { label: 'digits in the name', changes: { citizenName: 'Lan 2' }, problems: ['citizenName: name_signs'] },
    { label: 'a day that is none', changes: { helpedOn: '2024-02-30' }, problems: ['helpedOn: not_a_day'] },
    { label: 'a year of two digits', changes: { birthYear: '85' }, problems: ['birthYear: not_a_year'] },
    { label: 'a place of no list', changes: { place: 'office' }, problems: ['place: not_a_choice'] },
    { label: 'no consent', changes: { consent: '' }, problems: ['consent: consent_needed'] },
    { label: 'a key that is none', changes: { submissionKey: '1' }, problems: ['submissionKey: not_a_key'] },
    { label: 'a note of 1,001 letters', changes: { note: 'a'.repeat(1001) }, problems: ['note: too_long'] },
    {
      label: 'helped tomorrow',
      changes: { helpedOn: '2024-04-13', outcome_vneid_installed: 'not_yet', outcome_eid_activated: 'not_yet' },
      problems: ['helpedOn: in_future'],
    },
    {
      label: 'activated tomorrow',
      changes: { outcome_eid_activated_on: '2024-04-13' },
      problems: ['outcome_eid_activated_on: in_future'],
    },
    {
      label: 'activated, no day',
      changes: { outcome_eid_activated_on: '' },
      problems: ['outcome_eid_activated_on: outcome_day_needed'],
    },
    {
      label: 'activated before the first visit',
      changes: { outcome_eid_activated_on: '2024-04-09' },
      problems: ['outcome_eid_activated_on: outcome_before_help'],
    },
    {
      label: 'already had, but only after the visit',
      changes: { outcome_eid_activated: 'already_had' },
      problems: ['outcome_eid_activated_on: had_after_help'],
    },
    {
      label: 'a required outcome left blank',
      changes: { outcome_sim_signature: '' },
      problems: ['outcome_sim_signature: required'],
    },
    {
      label: 'a day without its outcome',
      changes: { outcome_id_card_issued_on: '2024-04-11' },
      problems: ['outcome_id_card_issued: required'],
    },
  ])('$label', ({ changes, problems }) => {
    expect(problemsOf(changes)).toEqual(problems)
  })

  test('the citizen is the official', () => {
    expect(problemsOf({}, { isSelf: true })).toEqual(['citizenNumber: self_claim'])
  })

  test('a locality that is not of the province', () => {
    expect(problemsOf({}, { isKnownLocality: false })).toEqual(['localityCode: locality_unknown'])
  })

  test('an empty form names every field that is needed, through conform too', () => {
    const needed = [
      'submissionKey',
      'citizenName',
      'citizenNumber',
      'localityCode',
      'helpedOn',
      'place',
      'consentChannel',
      'consent',
    ]
    const blank = Object.fromEntries(Object.keys(typed).map(field => [field, '']))
    expect(helpInput.safeParse(blank).error?.issues.map(issue => issue.path.join())).toEqual(needed)
    expect(helpInput.safeParse({}).error?.issues.map(issue => issue.path.join())).toEqual(needed)
    const submission = parseWithZod(form(blank), { schema: helpInput })
    expect(Object.keys((submission.status === 'error' && submission.error) || {})).toEqual(needed)
  })
})

test.each([
  { label: 'a plain record', record: { isDenied: false }, reason: null },
  { label: 'denied by the citizen', record: { isDenied: true }, reason: 'withdrawal_denied' },
])('withdrawing $label', ({ record, reason }) => {
  expect(checkWithdrawal(record)).toBe(reason)
})

const free = { numberChanges: 2, isDenied: false, isShown: false, couldBeDrawn: false }

test.each([
  { label: 'a third time', record: free, reason: null },
  { label: 'a fourth time', record: { ...free, numberChanges: 3 }, reason: 'citizen_fixed' },
  { label: 'after the citizen’s no', record: { ...free, isDenied: true }, reason: 'citizen_fixed' },
  { label: 'after an extract showed the citizen', record: { ...free, isShown: true }, reason: 'citizen_fixed' },
  {
    label: 'after a draw in its unit, whatever was drawn',
    record: { ...free, couldBeDrawn: true },
    reason: 'citizen_fixed',
  },
])('giving a record another citizen $label', ({ record, reason }) => {
  expect(checkCitizenChange(record)).toBe(reason)
})

const recorded: JudgedFields = {
  citizen: '070204012345',
  phone: null,
  carrier: null,
  localityCode: '25195',
  helpedOn: '2024-04-10',
  outcomes: {
    vneid_installed: { value: 'achieved', on: '2024-04-10' },
    eid_activated: { value: 'achieved', on: '2024-04-11' },
    sim_signature: { value: 'not_yet', on: null },
  },
}

describe('an edit resets the confirmation', () => {
  const withOutcome = (outcomes: JudgedFields['outcomes']) => ({ outcomes: { ...recorded.outcomes, ...outcomes } })
  test.each<{ label: string; edit: Partial<JudgedFields>; resets: boolean }>([
    { label: 'nothing changed', edit: {}, resets: false },
    { label: 'another citizen', edit: { citizen: '070185001234' }, resets: true },
    { label: 'another phone', edit: { phone: '0912345678' }, resets: true },
    { label: 'another carrier', edit: { carrier: 'viettel' }, resets: true },
    { label: 'another commune', edit: { localityCode: '25198' }, resets: true },
    { label: 'another day', edit: { helpedOn: '2024-04-09' }, resets: true },
    {
      label: 'a SIM achieved since',
      edit: withOutcome({ sim_signature: { value: 'achieved', on: '2024-04-12' } }),
      resets: true,
    },
    {
      label: 'another day of activation',
      edit: withOutcome({ eid_activated: { value: 'achieved', on: '2024-04-12' } }),
      resets: true,
    },
    {
      label: 'an outcome that is not required',
      edit: withOutcome({ phone_4g: { value: 'achieved', on: '2024-04-12' } }),
      resets: false,
    },
    { label: 'not yet left blank', edit: withOutcome({ sim_signature: undefined }), resets: false },
  ])('$label: $resets', ({ edit, resets }) => {
    expect(changesVerdict(recorded, { ...recorded, ...edit }, PLAN_128)).toBe(resets)
  })
})

describe('the instant of the claim', () => {
  const activated = { citizen: 'a', outcomes: { eid_activated: { value: 'achieved', on: '2024-04-11' } } } as const
  const notActivated = { citizen: 'a', outcomes: { eid_activated: { value: 'not_yet', on: null } } } as const
  test.each([
    { label: 'new and activated: now', before: null, after: activated, claimedAt: 100 },
    { label: 'new, not activated: none', before: null, after: notActivated, claimedAt: null },
    { label: 'activated since: now', before: { ...notActivated, claimedAt: null }, after: activated, claimedAt: 100 },
    { label: 'corrected otherwise: kept', before: { ...activated, claimedAt: 10 }, after: activated, claimedAt: 10 },
    { label: 'outcome unset: lost', before: { ...activated, claimedAt: 10 }, after: notActivated, claimedAt: null },
    {
      label: 'citizen changed: begun anew',
      before: { ...activated, claimedAt: 10 },
      after: { ...activated, citizen: 'b' },
      claimedAt: 100,
    },
  ])('$label', ({ before, after, claimedAt }) => {
    expect(claimedAtAfter(before, after, 100, PLAN_128)).toBe(claimedAt)
  })
})
