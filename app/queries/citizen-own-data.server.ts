import { addDays, dayOf } from '#app/domain/calendar.ts'
import { requestDue } from '#app/domain/citizen-code.ts'
import { type OwnData, type OwnRequest, SHOWN_DAYS } from '#app/domain/citizen-right.ts'
import { typedBeside } from '#app/domain/person-name.ts'
import { prepared } from '#db/client.server.ts'
import { unsealName, unsealText } from '#db/keys.server.ts'
import { findByCode } from './citizen-answer.server.ts'
import { standingAnswer } from './citizen-code.server.ts'
import { campaignToday } from './clock.server.ts'
import { outcomesOf } from './judging/index.server.ts'

type Row = Omit<OwnRequest, 'isMet' | 'meetBy'> & { isMet: number | null }

/** Requests about the record behind a code, the latest first; null where the code opens none. */
export function requestsByCode(text: string): OwnRequest[] | null {
  const found = findByCode(text)
  if (!found || found.state === 'unbound') return null
  return prepared<Row>(
    `select id, kind, asked_at as askedAt, acknowledged_at as acknowledgedAt, closed_at as closedAt, answer, is_met as isMet
       from citizen_request where help_id = ? order by id desc limit 20`,
  )
    .all(found.helpId)
    .map(row => ({
      ...row,
      isMet: row.isMet === null ? null : row.isMet === 1,
      meetBy: requestDue(row.kind, dayOf(row.askedAt)).meetBy,
    }))
}

/**
 * Returns what is held of the citizen, for so many days after their request to see it was granted; null before and
 * after. Other records are counted and not told, for the code came from one official. Domain 11.
 */
export function dataByCode(text: string): OwnData | null {
  const found = findByCode(text)
  if (!found || found.state === 'unbound') return null
  const granted = prepared<number | null>(
    `select max(closed_at) from citizen_request where help_id = ? and kind = 'see' and is_met = 1`,
  )
    .pluck()
    .one(found.helpId)
  if (granted === null || campaignToday() > addDays(dayOf(granted), SHOWN_DAYS)) return null
  const row = prepared<{
    nameCipher: Buffer
    typedCipher: Buffer | null
    numberCipher: Buffer
    phoneCipher: Buffer | null
    birthOn: string | null
    birthYear: number
    hamlet: string
    helpedOn: string
    citizenHash: string
    area: string
  }>(
    `select h.citizen_name_cipher as nameCipher, h.citizen_name_typed_cipher as typedCipher, h.citizen_number_cipher as numberCipher,
            h.citizen_phone_cipher as phoneCipher, h.citizen_birth_on as birthOn, h.citizen_birth_year as birthYear,
            h.hamlet, h.helped_on as helpedOn, h.citizen_hash as citizenHash, l.type || ' ' || l.name as area
       from help h join locality l on l.code = h.locality_code where h.id = ?`,
  ).one(found.helpId)
  const slot = (column: string) => ({ table: 'help', column, rowId: found.helpId })
  const count = (query: string) => prepared<number>(query).pluck().one(found.campaignId, row.citizenHash)
  const { nameCipher, typedCipher, numberCipher, phoneCipher, birthOn, birthYear, citizenHash: _, ...told } = row
  const name = unsealName(slot('citizenName'), nameCipher)
  return {
    ...told,
    name,
    nameTyped: typedBeside(name, unsealText(slot('citizenNameTyped'), typedCipher)),
    number: unsealText(slot('citizenNumber'), numberCipher) ?? '',
    phone: unsealText(slot('citizenPhone'), phoneCipher),
    birth: birthOn ?? String(birthYear),
    outcomes: Object.fromEntries(
      Object.entries(outcomesOf(found.helpId)).flatMap(([outcome, fact]) => (fact ? [[outcome, fact.value]] : [])),
    ),
    officialName: found.officialName,
    answer: found.answer,
    words: standingAnswer(found.helpId)?.words ?? null,
    lists: count('select count(*) from assignment where campaign_id = ? and citizen_hash = ?'),
    otherRecords: count('select count(*) - 1 from help where campaign_id = ? and citizen_hash = ?'),
  }
}
