import { type Actor, can } from '#app/access/policy.ts'
import { type Identity, mayBeOne } from '#app/domain/roster/identity.ts'
import { prepared } from '#db/client.server.ts'
import { campaignToday } from './clock.server.ts'
import { targetOf } from './official.server.ts'

/** Another official who may be the same person; `isSeen`: their page is open to the reader. */
type AlikeRow = { officialId: number; name: string; unitName: string; isSeen: boolean }

const PAIRS = `
  select a.id as ofId, a.name as ofName, a.number_hash as ofNumberKey, a.birth_on as ofBirthOn, a.birth_year as ofBirthYear,
         a.sex as ofSex, b.id, b.name, b.number_hash as numberKey, b.birth_on as birthOn, b.birth_year as birthYear, b.sex
    from official a join official b on b.name_folded = a.name_folded and b.birth_year = a.birth_year and b.id <> a.id
   where a.id in (select value from json_each(?)) order by a.id, b.id`

type Row = Identity & { id: number; name: string } & {
  ofId: number
  ofName: string
  ofNumberKey: string | null
  ofBirthOn: string | null
  ofBirthYear: number | null
  ofSex: Identity['sex']
}

const subjectOf = (row: Row): Identity & { name: string } => ({
  name: row.ofName,
  numberKey: row.ofNumberKey,
  birthOn: row.ofBirthOn,
  birthYear: row.ofBirthYear,
  sex: row.ofSex,
})

/**
 * Of each of these officials, who else may be the same person, wherever they work; absent where nobody. Leaves out
 * people of a guarded tree that the reader may not see, as rosters do (domain 3).
 */
export function listAlike(actor: Actor, officialIds: readonly number[]): Map<number, AlikeRow[]> {
  const today = campaignToday()
  const found = new Map<number, AlikeRow[]>()
  for (const row of prepared<Row>(PAIRS).all(JSON.stringify(officialIds))) {
    if (!mayBeOne(subjectOf(row), row)) continue
    const place = targetOf(row.id, today)
    const isSeen = can(actor, 'official.view', place)
    if (place.guardPath !== null && !isSeen) continue
    const unitName = prepared<string>('select name from unit where id = ?').pluck().one(place.unitId)
    found.set(row.ofId, [...(found.get(row.ofId) ?? []), { officialId: row.id, name: row.name, unitName, isSeen }])
  }
  return found
}
