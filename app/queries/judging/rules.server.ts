import { type Regulation, regulationParameters } from '#app/domain/regulation.ts'
import { prepared } from '#db/client.server.ts'
import { untilWritten } from '#db/until-written.server.ts'

const parsed = new Map<number, Regulation>()

/** Ids of all campaigns; what changes a person's place changes it in each. */
export const campaignIds = untilWritten(() => prepared<number>('select id from campaign order by id').pluck().all())

/** The regulation in force in a campaign: its highest version. Rows are never edited, so a parsed one stays true. */
export const rulesOf = untilWritten((campaignId: number): { id: number; version: number; regulation: Regulation } => {
  const row = prepared<{ id: number; version: number }>(
    'select id, version from regulation where campaign_id = ? order by version desc limit 1',
  ).get(campaignId)
  if (!row) throw new Error(`campaign ${campaignId} has no regulation`)
  const regulation = parsed.get(row.id)
  return regulation ? { ...row, regulation } : { id: row.id, ...regulationOf(row.id) }
})

/** One version of a campaign's regulation by its id: what is frozen keeps the one that it was frozen with. */
export function regulationOf(regulationId: number): { version: number; regulation: Regulation } {
  const row = prepared<{ id: number; version: number; parameters: string }>(
    'select id, version, parameters from regulation where id = ?',
  ).get(regulationId)
  if (!row) throw new Error(`there is no regulation ${regulationId}`)
  return { version: row.version, regulation: parse(row) }
}

function parse({ id, parameters }: { id: number; parameters: string }): Regulation {
  const regulation = parsed.get(id) ?? regulationParameters.parse(JSON.parse(parameters))
  parsed.set(id, regulation)
  return regulation
}

/**
 * Forgets what was parsed from a database that is no longer open.
 * @internal asked for by tests alone
 */
export function forgetRules() {
  parsed.clear()
}
