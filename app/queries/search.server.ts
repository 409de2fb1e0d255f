import { and, asc, isNull, sql } from 'drizzle-orm'
import type { Actor, Person } from '#app/access/policy.ts'
import { within } from '#app/access/scope.server.ts'
import { foldName } from '#app/domain/name.ts'
import { db, prepared, transact } from '#db/client.server.ts'
import { matchHash } from '#db/keys.server.ts'
import { unit } from '#db/schema.ts'
import { noteAccess } from './access-log.server.ts'
import { findAssignment } from './assignment.server.ts'
import { isRestricted } from './citizen-right.server.ts'
import { logEvent } from './event.server.ts'
import { findHelp } from './help-view.server.ts'
import { listOfficials } from './official.server.ts'
import { rootUnit } from './unit.server.ts'
import { titledChoices } from './unit-title.server.ts'

/** Maximum of people, and of units, that one search shows. */
const MOST_FOUND = 20

/**
 * Finds people and units by a part of their names, with or without marks: those whose pages the actor may open, and no
 * others. The first 20 of each; `hasMore`: there are further people.
 */
export function searchByName(actor: Actor, campaignId: number, typed: string) {
  const words = foldName(typed)
  if (words === '') return { people: [], units: [], hasMore: false }
  const found = listOfficials(actor, campaignId, {
    unitPath: rootUnit().path,
    search: typed,
    sort: 'name',
    limit: MOST_FOUND,
  })
  const units = db
    .select({ id: unit.id })
    .from(unit)
    .where(
      and(
        isNull(unit.closedOn),
        sql`instr(${unit.nameFolded}, ${words}) > 0`,
        within(actor, 'unit.view', { unitPath: unit.path }),
      ),
    )
    .orderBy(asc(sql`length(${unit.path})`), asc(unit.id))
    .limit(MOST_FOUND)
    .all()
  const people = found.rows.map(({ officialId, name, position, unitName }) => ({
    officialId,
    name,
    position,
    unitName,
  }))
  // several units share a name: each by its title
  return { people, units: titledChoices(units), hasMore: found.next !== null }
}

/**
 * Finds the records and the worklist's entry of one citizen by their whole number, as far as the actor may open them;
 * nothing of a citizen whose data is restricted. Each search is logged by the number's keyed hash, found or not, and
 * each of what is found as an opening; where that cannot be written it throws, and nothing is shown.
 */
export function searchByNumber(actor: Person, campaignId: number, number: string) {
  const citizenHash = matchHash({ campaignId }, 'number', number)
  return transact(tx => {
    logEvent(tx, actor, { verb: 'open', subject: 'citizen', subjectId: citizenHash, campaignId })
    if (isRestricted({ campaignId, citizenHash })) return { records: [], assigned: null }
    const ids = prepared<number>('select id from help where campaign_id = ? and citizen_hash = ? order by id')
      .pluck()
      .all(campaignId, citizenHash)
    const records = ids.flatMap(id => findHelp(actor, campaignId, id) ?? [])
    const listed = prepared<number>('select id from assignment where campaign_id = ? and citizen_hash = ?')
      .pluck()
      .get(campaignId, citizenHash)
    const assigned = listed === undefined ? undefined : findAssignment(actor, campaignId, listed)
    for (const { id } of records) noteAccess(actor, { what: 'help_record', subjectId: id, count: 1 })
    if (assigned) noteAccess(actor, { what: 'assignment', subjectId: assigned.id, count: 1 })
    return {
      records: records.map(({ id, citizenName, officialName, helpedOn }) => ({
        id,
        citizenName,
        officialName,
        helpedOn,
      })),
      assigned: assigned ? { id: assigned.id, name: assigned.name } : null,
    }
  })
}
