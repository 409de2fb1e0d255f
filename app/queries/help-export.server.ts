import { type Actor, can } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { MAX_HELP_ROWS, type WrittenRecord } from '#app/domain/help-import.ts'
import {
  type Carrier,
  type ConsentChannel,
  type HelpPlace,
  OUTCOMES,
  type VerdictReason,
} from '#app/domain/vocabulary.ts'
import { prepared, transact } from '#db/client.server.ts'
import { matching, unsealText } from '#db/keys.server.ts'
import { campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { type HelpFilter, listHelp } from './help-list.server.ts'
import { citizenNameOf } from './help-view.server.ts'
import { outcomesAmong } from './judging/index.server.ts'
import { listCommunes } from './locality.server.ts'
import { allFormerCodes, targetOf } from './official.server.ts'

/** Records as a list gives them out. Of the citizen's number there is only what the access matrix lets the actor see. */

type Row = {
  id: number
  officialId: number
  staffCode: string
  officialName: string
  citizenHash: string
  citizenNameCipher: Buffer
  citizenNumberCipher: Buffer
  citizenPhoneCipher: Buffer | null
  noteCipher: Buffer | null
  birthOn: Day | null
  birthYear: number
  carrier: Carrier | null
  localityCode: string
  hamlet: string
  helpedOn: Day
  place: HelpPlace
  consentChannel: ConsentChannel
  verdictReason: VerdictReason
  /** 1: neither withdrawn nor erased, so that its official may correct it */
  isOpen: number
}

/** These records in clear, in the order named. */
function openRecords(actor: Actor, ids: readonly number[]) {
  const rows = prepared<Row>(
    `select h.id, h.official_id as officialId, o.staff_code as staffCode, o.name as officialName,
            h.citizen_hash as citizenHash, h.citizen_name_cipher as citizenNameCipher,
            h.citizen_number_cipher as citizenNumberCipher, h.citizen_phone_cipher as citizenPhoneCipher,
            h.note_cipher as noteCipher, h.citizen_birth_on as birthOn, h.citizen_birth_year as birthYear, h.carrier,
            h.locality_code as localityCode, h.hamlet, h.helped_on as helpedOn, h.place,
            h.consent_channel as consentChannel, h.verdict_reason as verdictReason,
            h.withdrawn_at is null and h.erased_at is null as isOpen
       from json_each(?) j join help h on h.id = j.value join official o on o.id = h.official_id order by j.key`,
  ).all(JSON.stringify(ids))
  const communes = new Map(
    listCommunes(campaignToday()).flatMap(({ district, communes: own }) =>
      own.map(({ code, name }) => [code, { communeName: name, districtName: district }] as const),
    ),
  )
  const outcomesOf = outcomesAmong(ids)
  return rows.map(({ citizenNameCipher, citizenNumberCipher, citizenPhoneCipher, noteCipher, ...row }) => {
    const slot = (column: string) => ({ table: 'help', column, rowId: row.id })
    const isOwn = row.isOpen === 1 && can(actor, 'help.edit', targetOf(row.officialId, row.helpedOn))
    return {
      ...row,
      ...(communes.get(row.localityCode) ?? { communeName: row.localityCode, districtName: '' }),
      citizenName: citizenNameOf({ id: row.id, citizenNameCipher }),
      /** null: the actor does not see it */
      number: isOwn ? unsealText(slot('citizenNumber'), citizenNumberCipher) : null,
      phone: unsealText(slot('citizenPhone'), citizenPhoneCipher),
      note: unsealText(slot('note'), noteCipher),
      outcomes: outcomesOf(row.id),
    }
  })
}
export type OpenRecord = ReturnType<typeof openRecords>[number] & { unitName: string }

/**
 * Gives out the records of a filter, the newest first, at most as many as a list may bring back; logged as an export.
 * `isCut`: there are older ones.
 */
export function exportHelp(
  actor: Actor,
  campaignId: number,
  { subject, subjectId, filter }: { subject: 'unit' | 'official'; subjectId: number; filter: HelpFilter },
): { rows: OpenRecord[]; isCut: boolean } {
  const { rows: listed, next } = listHelp(actor, campaignId, { ...filter, limit: MAX_HELP_ROWS })
  const unitNames = new Map(listed.map(({ id, unitName }) => [id, unitName]))
  const rows = openRecords(
    actor,
    listed.map(({ id }) => id),
  ).map(row => ({ ...row, unitName: unitNames.get(row.id) ?? '' }))
  const numbers = rows.filter(({ number }) => number !== null).length
  transact(tx =>
    logEvent(tx, actor, { verb: 'export', subject, subjectId, campaignId, data: { records: rows.length, numbers } }),
  )
  return { rows, isCut: next !== null }
}

/** Tells what the records of these codes say, as far as the actor may see them in this campaign. */
export function writtenRecords(actor: Actor, campaignId: number, ids: readonly number[]) {
  const seen = ids.length === 0 ? [] : listHelp(actor, campaignId, { ids, limit: ids.length }).rows
  const hash = matching({ campaignId })
  const formerCodesOf = allFormerCodes()
  const records = new Map(
    openRecords(
      actor,
      seen.map(({ id }) => id),
    ).map((row): [number, WrittenRecord] => [
      row.id,
      {
        fields: fieldsOf(row),
        staffCodes: [row.staffCode, ...formerCodesOf(row.officialId)],
        officialName: row.officialName,
        communeName: row.communeName,
        districtName: row.districtName,
        isCitizen: number => hash('number', number) === row.citizenHash,
      },
    ]),
  )
  return (helpId: number) => records.get(helpId)
}

/** What a record says, by the fields of the form that would write it. */
function fieldsOf(row: ReturnType<typeof openRecords>[number]): Record<string, string> {
  const fields: Record<string, string> = {
    citizenName: row.citizenName,
    birthOn: row.birthOn ?? '',
    birthYear: String(row.birthYear),
    phone: row.phone ?? '',
    carrier: row.carrier ?? '',
    hamlet: row.hamlet,
    helpedOn: row.helpedOn,
    place: row.place,
    consentChannel: row.consentChannel,
    consent: 'on',
    note: row.note ?? '',
  }
  for (const outcome of OUTCOMES) {
    const told = row.outcomes[outcome]
    fields[`outcome_${outcome}`] = told?.value ?? ''
    fields[`outcome_${outcome}_on`] = told?.on ?? ''
  }
  return fields
}
