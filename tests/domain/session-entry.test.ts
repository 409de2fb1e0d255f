import { describe, expect, it } from 'vitest'
import { placeProblems, readSessionLine } from '#app/domain/session-entry.ts'
import { MAX_SESSION_LINES, partSession } from '#app/domain/session-lines.ts'

const KEY = '0190a6c0-3b7e-7cc0-9d6f-1f2e3d4c5b6a'
const shared = {
  helpedOn: '2024-06-10',
  place: 'school',
  localityCode: '25195',
  hamlet: '',
  consentChannel: 'paper',
  consent: 'on',
  outcome_vneid_installed: 'achieved',
  outcome_eid_activated: 'achieved',
  outcome_sim_signature: 'not_yet',
}
const person = {
  submissionKey: KEY,
  citizenName: 'Điểu Thị Ngễnh',
  citizenNumber: '070 304 012345',
  birthOn: '',
  birthYear: '2004',
  phone: '',
  carrier: '',
}
const line = (changes: Record<string, string> = {}) => ({ at: 2, texts: { ...person, ...changes } })
const problems = (changes: Record<string, string>, of: Record<string, string> = {}) => {
  const read = readSessionLine({ ...shared, ...of }, line(changes))
  return read.ok ? [] : read.problems.map(({ field, reason }) => `${field}: ${reason}`)
}

describe('partSession', () => {
  it('takes shared fields and filled lines apart, in the order of the form', () => {
    const fields = [
      ['place', 'school'],
      ['lines[1].citizenName', 'B'],
      ['lines[0].citizenName', 'A'],
      ['lines[2].citizenName', '  '],
      ['lines[2].submissionKey', KEY],
    ] as const
    const { shared: all, lines, filled } = partSession(fields)
    expect(all).toEqual({ place: 'school' })
    expect(lines.map(({ at }) => at)).toEqual([0, 1, 2])
    expect(filled).toEqual([
      { at: 0, texts: { citizenName: 'A' } },
      { at: 1, texts: { citizenName: 'B' } },
    ])
  })

  it('takes no more lines than a form has', () => {
    const fields = Array.from({ length: 100 }, (_, at) => [`lines[${at}].citizenName`, 'A'] as const)
    expect(partSession(fields).lines).toHaveLength(MAX_SESSION_LINES)
  })
})

describe('a line of a session', () => {
  it('takes from the session what it leaves blank, achieved on the session’s day', () => {
    expect(readSessionLine(shared, line())).toMatchObject({
      ok: true,
      input: {
        submissionKey: KEY,
        helpedOn: '2024-06-10',
        place: 'school',
        consentChannel: 'paper',
        citizen: { number: '070304012345', localityCode: '25195' },
        outcomes: {
          eid_activated: { value: 'achieved', on: '2024-06-10' },
          sim_signature: { value: 'not_yet', on: null },
        },
      },
    })
  })

  it('says otherwise where it wants to', () => {
    const changed = { outcome_eid_activated: 'already_had', outcome_sim_signature: 'achieved', localityCode: '25198' }
    expect(readSessionLine(shared, line(changed))).toMatchObject({
      ok: true,
      input: {
        citizen: { localityCode: '25198' },
        outcomes: { eid_activated: { value: 'already_had', on: null }, sim_signature: { value: 'achieved' } },
      },
    })
  })

  it.each([
    ['its own number', { citizenNumber: '123' }, {}, ['lines[2].citizenNumber: id_number_length']],
    ['its own name', { citizenName: '' }, {}, ['lines[2].citizenName: required']],
    ['a birth that disagrees', { birthYear: '2005' }, {}, ['lines[2].birthYear: birth_disagrees']],
    ['the session’s day', {}, { helpedOn: '' }, ['helpedOn: required']],
    ['the session’s consent', {}, { consent: '' }, ['consent: consent_needed']],
    ['the session’s commune', {}, { localityCode: '' }, ['localityCode: required']],
  ])('has its problem where it is asked for: %s', (_, changes, of, expected) =>
    expect(problems(changes, of)).toEqual(expected),
  )

  it('puts what the record’s check finds there too', () => {
    const placed = placeProblems(line({ localityCode: '1' }), [
      { field: 'birthOn', reason: 'birth_date_needed' },
      { field: 'localityCode', reason: 'locality_unknown' },
      { field: 'outcome_eid_activated_on', reason: 'in_future' },
      { field: 'outcome_sim_signature', reason: 'required' },
    ])
    expect(placed.map(({ field }) => field)).toEqual([
      'lines[2].birthOn',
      'lines[2].localityCode',
      'helpedOn',
      'outcome_sim_signature',
    ])
  })
})
