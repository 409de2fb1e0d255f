import { type Regulation, regulationParameters } from '#app/domain/regulation.ts'
import { prepared } from '#db/client.server.ts'

const parsed = new Map<number, Regulation>()

/** The regulation in force in a campaign: its highest version. Rows are never edited, so a parsed one stays true. */
export function rulesOf(campaignId: number): { id: number; version: number; regulation: Regulation } {
  const row = prepared(
    'select id, version, parameters from regulation where campaign_id = ? order by version desc limit 1',
  ).get(campaignId) as { id: number; version: number; parameters: string } | undefined
  if (!row) throw new Error(`campaign ${campaignId} has no regulation`)
  let regulation = parsed.get(row.id)
  if (!regulation) {
    regulation = regulationParameters.parse(JSON.parse(row.parameters))
    parsed.set(row.id, regulation)
  }
  return { id: row.id, version: row.version, regulation }
}

/** Forgets what was parsed from a database that is no longer open. */
export function forgetRules() {
  parsed.clear()
}
