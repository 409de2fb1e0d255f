import { foldName, nameSortKey } from '#app/domain/name.ts'
import { storedName } from '#app/domain/person-name.ts'
import type { FieldValues, RosterField } from '#app/domain/roster/columns.ts'
import { type FactTx, prepared } from '#db/client.server.ts'
import { hasKeys, matchHash, seal } from '#db/keys.server.ts'
import type { official } from '#db/schema.ts'
import { campaignIds } from './judging/index.server.ts'

type OfficialRow = typeof official.$inferInsert
/** The fields of a person that are columns of an official, not of a posting. */
export type PersonField = Exclude<RosterField, 'position' | 'category' | 'isLeader' | 'role' | 'unitId'>

/** The columns that hold a name, which is stored in title case and as it was typed. */
export function nameColumns(nameAsTyped: string) {
  const { name, typed } = storedName(nameAsTyped)
  return { name, nameTyped: typed, ...nameKeys(name) }
}

/** The columns by which a name is searched and sorted. */
export const nameKeys = (name: string) => ({ nameFolded: foldName(name), sortName: nameSortKey(name) })

/** What each field of a person fills in the table of officials. A new field does not compile without its column. */
const FILLS: { [F in PersonField]: (to: FieldValues[F], officialId: number) => Partial<OfficialRow> } = {
  name: nameColumns,
  staffCode: staffCode => ({ staffCode }),
  birthOn: birthOn => ({ birthOn }),
  birthYear: birthYear => ({ birthYear }),
  sex: sex => ({ sex }),
  hamlet: hamlet => ({ hamlet }),
  number: (number, rowId) => ({
    numberCipher: seal('staff', { table: 'official', column: 'number', rowId }, number),
    numberHash: matchHash('staff', 'number', number),
  }),
  phone: (phone, rowId) => ({
    phoneCipher: seal('staff', { table: 'official', column: 'phone', rowId }, phone),
    phoneHash: matchHash('staff', 'phone', phone),
  }),
}
export const PERSON_FIELDS = Object.keys(FILLS) as PersonField[]

/** The columns that one field of a person fills; none for null. */
export function fillColumns<F extends PersonField>(
  field: F,
  to: FieldValues[F] | null,
  officialId: number,
): Partial<OfficialRow> {
  return to === null ? {} : FILLS[field](to, officialId)
}

/**
 * Makes a number known as an official's in every campaign whose keys live, in place of a former one. Call it within
 * `changePeople`, which judges the records of both numbers' citizens again.
 */
export function matchNumber(tx: FactTx, officialId: number, number: string) {
  const write = tx.write(
    `insert into official_match (campaign_id, official_id, number_hash) values (?, ?, ?)
     on conflict (campaign_id, official_id) do update set number_hash = excluded.number_hash`,
  )
  for (const campaignId of campaignIds().filter(id => hasKeys({ campaignId: id })))
    write.run(campaignId, officialId, matchHash({ campaignId }, 'number', number))
}

/** True where the account of an official was ever opened: by a password, or from the province's sign-in. */
export function isOpened(officialId: number): boolean {
  return (
    prepared(
      'select 1 from account where official_id = ? and (password_hash is not null or provider_hash is not null)',
    ).get(officialId) !== undefined
  )
}
