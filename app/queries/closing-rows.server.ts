import { createHash } from 'node:crypto'
import type { CollectiveResult, OfficialResult } from '#app/domain/vocabulary.ts'
import { prepared } from '#db/client.server.ts'
import { findCampaign } from './campaign.server.ts'
import { type Closing, listClosings } from './closing.server.ts'
import { campaignIds } from './judging/index.server.ts'

/*
 * The frozen rows of a closing, and the hash that is published over them.
 */

/** How many frozen rows are read at a time for the sums and the hash; a read delays no other request. */
const READ = 2000

type OfficialRow = { officialId: number; unitId: number; result: OfficialResult; facts: string }

/** The officials' rows of a version in the order of ids, a few thousand at a time. */
export function frozenPage(campaignId: number, version: number, after: number): OfficialRow[] {
  return prepared<OfficialRow>(
    `select official_id as officialId, unit_id as unitId, result, facts from official_assessment
      where campaign_id = @campaignId and official_id > @after and from_version <= @version
        and (to_version is null or to_version > @version)
      order by official_id limit ${READ}`,
  ).all({ campaignId, version, after })
}

/** The collectives' rows of a version in the order of ids. */
export function validCollectives(campaignId: number, version: number) {
  return prepared<{ unitId: number; result: CollectiveResult; facts: string }>(
    `select unit_id as unitId, result, facts from collective_assessment
      where campaign_id = @campaignId and from_version <= @version and (to_version is null or to_version > @version)
      order by unit_id`,
  ).all({ campaignId, version })
}

/** The hash names the rules by which the assessments that follow were made. */
export function beginHash({ campaignId, regulationId }: Closing) {
  return createHash('sha256').update(`campaign ${campaignId} regulation ${regulationId}\n`)
}

/** Recomputes the hash over a closing's stored rows; a difference from the stored hash means that rows were changed. */
export function recomputeHash(closing: Closing): string {
  const { campaignId, version } = closing
  const hash = beginHash(closing)
  for (let rows = frozenPage(campaignId, version, 0); rows.length > 0; ) {
    for (const row of rows) hash.update(`official ${row.officialId} ${row.result} ${row.facts}\n`)
    rows = frozenPage(campaignId, version, rows.at(-1)?.officialId ?? 0)
  }
  for (const row of validCollectives(campaignId, version))
    hash.update(`collective ${row.unitId} ${row.result} ${row.facts}\n`)
  return hash.digest('hex')
}

/** Whether the rows of each frozen closing still give the hash that was published with it, for every campaign. */
export function checkClosings(): { campaign: string; version: number; fits: boolean }[] {
  return campaignIds().flatMap(campaignId =>
    listClosings(campaignId)
      .filter(closing => closing.frozenAt !== null)
      .map(closing => ({
        campaign: findCampaign(campaignId)?.code ?? '',
        version: closing.version,
        fits: recomputeHash(closing) === closing.hash,
      })),
  )
}
