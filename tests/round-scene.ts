import type { Person } from '#app/access/policy.ts'
import type { Role } from '#app/domain/vocabulary.ts'
import { proposeListed } from '#app/queries/candidate-step.server.ts'
import { decideRound } from '#app/queries/round-decision.server.ts'
import { CAMPAIGN, confirmNow, makeOfficial, makeReader, meetObligations, recordMany, unitNamed } from './make.ts'

/** What tests of rounds of commendation begin with. */
export const COMMUNE = 'UBND xã Tân Thành'
export const CITY = 'Thành phố Đồng Xoài'

/** Somebody with a role who is no official, so that nothing is about themself. */
export const reader = (role: Role, place?: string): Person => ({ ...makeReader(role, place), officialId: null })

/** Makes an official with so many confirmed records; the own obligations are met, or none is declared. */
export function official(
  place: string,
  counted: number,
  options: { name?: string; sex?: 'male' | 'female'; meets?: boolean } = {},
) {
  const person = makeOfficial(unitNamed(place).id, { name: options.name, sex: options.sex })
  const helpIds = recordMany(person, counted)
  if (helpIds.length > 0) confirmNow(reader('head', place), CAMPAIGN, helpIds)
  if (options.meets !== false) meetObligations(person.officialId)
  return { ...person, helpIds }
}

/** A round as home affairs opens it after the close. */
export const opening = (changes = {}) => ({
  kind: 'commendation' as const,
  name: 'Tổng kết',
  proposalsDueOn: '2024-07-20',
  individualCap: null,
  collectiveCap: null,
  ...changes,
})

type Kind = 'official' | 'collective'

/** Proposes people or collectives of the frozen list. */
export const propose = (
  actor: Person,
  roundId: number,
  ids: number[],
  { kind = 'official', ...more }: { kind?: Kind; exceptionReason?: string } = {},
) =>
  proposeListed(actor, CAMPAIGN, {
    roundId,
    kind,
    ids,
    form: 'province_certificate',
    achievement: 'Vượt chỉ tiêu.',
    ...more,
  })

/** Home affairs records the decision; certificates are numbered from 7. */
export const decide = (roundId: number) =>
  decideRound(reader('home_affairs'), CAMPAIGN, {
    roundId,
    input: { decisionNumber: '1205/QĐ-UBND', decisionOn: '2024-07-25', firstCertificate: 7 },
    awardNames: { province_certificate: 'Bằng khen', agency_certificate: 'Giấy khen' },
  })
