import type { Actor } from '#app/access/policy.ts'
import { campaignToday } from './clock.server.ts'
import { listFigureVersions } from './indicator.server.ts'
import { findLocality } from './locality.server.ts'
import { isLocalitySeen } from './locality-board.server.ts'

const MOST_VERSIONS = 200

/**
 * Every version of the figures told for a locality itself, newest first (`isCut`: only the newest), with who told it and
 * why (plan IV.2). Undefined where the locality is out of sight.
 */
export function findFigureHistory(actor: Actor, campaignId: number, code: string) {
  const row = findLocality(code, campaignToday())
  if (!row || !isLocalitySeen(actor, row.path)) return undefined
  const versions = listFigureVersions(campaignId, code, MOST_VERSIONS)
  return { code, name: `${row.type} ${row.name}`, versions, isCut: versions.length === MOST_VERSIONS }
}
