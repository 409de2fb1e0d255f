import { type Actor, can, permit } from '#app/access/policy.ts'
import type { SetupFacts } from '#app/domain/setup/steps.ts'
import { prepared } from '#db/client.server.ts'
import { readReference } from '#db/reference.server.ts'
import { personOf } from './account.server.ts'
import { isAwake } from './asleep.server.ts'
import { campaignToChoose } from './campaign-choice.server.ts'
import { campaignToday } from './clock.server.ts'
import { loadReference } from './founding.server.ts'
import { countAdministrators } from './grant-request.server.ts'
import { rootUnit } from './unit.server.ts'

const HOLDS = `g.from_on <= @today and (g.to_on is null or g.to_on >= @today) and ${isAwake('g')}`
const OPEN = 'u.parent_id is not null and u.closed_on is null'

/** Tells whether the actor sets the province up: administrators and the campaign office do. */
export const setsUp = (actor: Actor): boolean => can(actor, 'province.found', { unitPath: rootUnit().path })

/** What is there of a province, for those who set it up; 403 for anybody else. `goLive` is counted by the caller. */
export function findSetupFacts(actor: Actor, goLive: number | null): SetupFacts {
  const root = rootUnit()
  permit(actor, 'province.found', { unitPath: root.path })
  const today = campaignToday()
  const count = (text: string) => prepared<number>(`select count(*) ${text}`).pluck().one({ today, rootId: root.id })
  const holders = (role: string) =>
    count(`from (select distinct g.account_id from role_grant g join account a on a.id = g.account_id
      where g.role = '${role}' and g.unit_id = @rootId and a.disabled_at is null and ${HOLDS})`)
  const ofUnits = `from (select distinct g.account_id as id from role_grant g
    where g.role in ('head', 'coordinator') and ${HOLDS})`
  return {
    admins: countAdministrators(today),
    campaignOffices: holders('campaign_office'),
    coordinators: holders('coordinator') + holders('head'),
    isNamed: root.localityCode !== null,
    communes: count("from locality where level = 'commune'"),
    units: count(`from unit u where ${OPEN}`),
    headed: count(`from unit u where ${OPEN} and exists (
      select 1 from role_grant g where g.unit_id = u.id and g.role in ('head', 'coordinator') and ${HOLDS})`),
    planned: count('from grant_request where decided_at is null and batch_id is not null'),
    isCampaignChosen: campaignToChoose(today) === undefined,
    listed: count(`from unit u where ${OPEN} and exists (
      select 1 from posting p where p.unit_id = u.id and p.from_on <= @today and (p.to_on is null or p.to_on >= @today))`),
    holders: count(ofUnits),
    reached: count(`${ofUnits} h join account a on a.id = h.id where a.password_hash is not null
      or exists (select 1 from activation_code c where c.account_id = a.id)`),
    goLive,
  }
}

const carried = () => readReference('db/reference')

/** How the province is called whose reference the software carries, and what that holds. */
export function carriedProvince(): { name: string; communes: number; agencies: number } {
  const { localities, agencies } = carried()
  return {
    name: localities.find(({ level }) => level === 'province')?.name ?? '',
    communes: localities.filter(({ level }) => level === 'commune').length,
    agencies: agencies.length,
  }
}

/** Fills the province from the reference that the software carries. */
export const loadCarriedReference = (actor: Actor) => loadReference(actor, carried())

/** The coordinator of the whole province, the first of several; undefined where none can act yet. */
export function findCoordinator() {
  const today = campaignToday()
  const ids = prepared<number>(
    `select g.account_id from role_grant g join account a on a.id = g.account_id
      where g.role = 'coordinator' and g.unit_id = @rootId and a.disabled_at is null and a.password_hash is not null
        and ${HOLDS} order by g.id`,
  )
    .pluck()
    .all({ today, rootId: rootUnit().id })
  return ids.flatMap(id => personOf(id, today) ?? [])[0]
}
