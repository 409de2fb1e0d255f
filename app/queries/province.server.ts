import { eq } from 'drizzle-orm'
import { type Actor, permit } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { type Province, provinceOn } from '#app/domain/province.ts'
import type { ProvinceInput } from '#app/domain/province-input.ts'
import { type Result, refused } from '#app/domain/refusal.ts'
import { prepared, type Tx, transact } from '#db/client.server.ts'
import { province } from '#db/schema.ts'
import { untilWritten } from '#db/until-written.server.ts'
import { campaignNow, campaignToday } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { rootUnit } from './unit.server.ts'

type ProvinceEntry = Province & { id: number; document: string; createdAt: number; createdByName: string | null }

/** Every entry of how the province is called, the earliest first. Anybody may read it. */
export function listProvinceEntries(): ProvinceEntry[] {
  return prepared<ProvinceEntry>(ENTRIES).all()
}

const ENTRIES = `
  select province.id, from_on as fromOn, code, name, type, place, telecom_office as telecomOffice, document,
         province.created_at as createdAt, account.display_name as createdByName
    from province left join account on account.id = province.created_by
   order by from_on, province.id`

/** Returns how the province is called on `day`, today if none is given. */
export function currentProvince(day: Day = campaignToday()): Province {
  const entry = provinceOn(provinces(), day)
  if (entry === undefined) throw new Error('no province has been founded')
  return entry
}

const provinces = untilWritten(() =>
  prepared<Province>(
    'select from_on as fromOn, code, name, type, place, telecom_office as telecomOffice from province order by from_on, id',
  ).all(),
)

/**
 * Adds how the province is called from a day on; papers dated from then on use it. Refused where an entry begins that
 * day, or later: what papers used is never changed behind them.
 */
export function addProvinceEntry(actor: Actor, input: ProvinceInput): Result<{ id: number }> {
  permit(actor, 'campaign.edit', { unitPath: rootUnit().path })
  return transact(tx => {
    const entries = listProvinceEntries()
    if (entries.some(({ fromOn }) => fromOn >= input.fromOn)) return refused('fromOn', 'province_named_later')
    const { code } = currentProvince()
    const id = insertEntry(tx, {
      ...input,
      code,
      createdAt: campaignNow(),
      createdBy: actor.kind === 'person' ? actor.accountId : null,
    })
    logEvent(tx, actor, { verb: 'add', subject: 'province', subjectId: id, data: { fromOn: input.fromOn } })
    return { ok: true, id }
  })
}

/** Writes the first entry, at the founding. */
export function foundProvinceEntry(tx: Tx, entry: Omit<Province, 'fromOn'>) {
  insertEntry(tx, { ...entry, fromOn: FIRST_DAY, document: '', createdAt: Date.now(), createdBy: null })
}

/** Writes the first entry over, while the province is founded and no paper has used it. */
export function nameFoundedEntry(tx: Tx, entry: Omit<Province, 'fromOn'>) {
  tx.update(province).set(entry).where(eq(province.fromOn, FIRST_DAY)).run()
}

/** Before any paper: the first entry holds from the beginning. */
const FIRST_DAY: Day = '2000-01-01'

function insertEntry(tx: Tx, entry: typeof province.$inferInsert): number {
  return tx.insert(province).values(entry).returning({ id: province.id }).get().id
}
