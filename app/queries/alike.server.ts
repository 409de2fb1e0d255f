import { type Actor, can } from '#app/access/policy.ts'
import { foldWords } from '#app/domain/name.ts'
import { type Identity, mayBeOne } from '#app/domain/roster/identity.ts'
import { prepared } from '#db/client.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { targetOf } from './official.server.ts'
import { titleOfUnit } from './unit-title.server.ts'

/**
 * Another official who may be the same person; `isSeen`: their page is open to the reader. `isMixed`: a roster's row
 * gave the number of one and the staff code of the other.
 */
type AlikeRow = { officialId: number; name: string; unitName: string; isSeen: boolean; isMixed: boolean }

const PAIRS = `
  with pair(a_id, b_id) as (
    select a.id, b.id from json_each(@ids) j cross join official a on a.id = j.value
      join official b on b.name_folded = a.name_folded and b.birth_year = a.birth_year and b.id <> a.id
    union select first_id, second_id from json_each(@ids) j cross join official_clash on first_id = j.value
    union select second_id, first_id from json_each(@ids) j cross join official_clash on second_id = j.value)
  select a.id as ofId, a.name as ofName, a.number_hash as ofNumberKey, a.birth_on as ofBirthOn, a.birth_year as ofBirthYear,
         a.sex as ofSex, b.id, b.name, b.number_hash as numberKey, b.birth_on as birthOn, b.birth_year as birthYear, b.sex,
         exists (select 1 from official_clash where first_id = min(a.id, b.id) and second_id = max(a.id, b.id)) as isMixed
    from pair join official a on a.id = a_id join official b on b.id = b_id order by a.id, b.id`

type Row = Identity & { id: number; name: string; isMixed: number } & {
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
  for (const row of prepared<Row>(PAIRS).all({ ids: JSON.stringify(officialIds) })) {
    const isMixed = row.isMixed === 1
    if (!isMixed && !mayBeOne(subjectOf(row), row)) continue
    const place = targetOf(row.id, today)
    const isSeen = can(actor, 'official.view', place)
    if (place.guardPath !== null && !isSeen) continue
    const unitName = titleOfUnit(place.unitId)
    const other = { officialId: row.id, name: row.name, unitName, isSeen, isMixed }
    found.set(row.ofId, [...(found.get(row.ofId) ?? []), other])
  }
  return found
}

/**
 * Keeps of each row that it named one official by number and another by staff code: both are flagged from then on.
 * `numberKey` is the keyed hash of the number, `code` the folded staff code.
 */
export function noteClashes(rows: readonly { numberKey: string; code: string }[]) {
  if (rows.length === 0) return
  const codes = prepared<{ id: number; code: string }>(
    'select coalesce(merged_into_id, id) as id, staff_code as code from official',
  ).all()
  const byCode = new Map(codes.map(({ id, code }) => [foldWords(code), id]))
  for (const { numberKey, code } of rows) {
    const ids = [prepared('select id from official where number_hash = ?').pluck().get(numberKey), byCode.get(code)]
    const [first, second] = (ids as number[]).toSorted((one, other) => one - other)
    if (first === undefined || second === undefined || first === second) continue
    prepared(
      `insert into official_clash (first_id, second_id, noted_at) values (?, ?, ?)
       on conflict do update set noted_at = excluded.noted_at`,
    ).run(first, second, campaignNow())
  }
}
