import { startOf } from '#app/domain/calendar.ts'
import { writeUnjudged } from '#app/queries/judging/index.server.ts'
import { settledOf } from '#app/queries/obligation-evidence.server.ts'
import { prepared } from '#db/client.server.ts'
import { insertFact } from '#db/inserter.server.ts'
import { matchHash, unsealText } from '#db/keys.server.ts'
import { extract, extractFact } from '#db/schema.ts'
import { EXTRACTS } from './coverage.ts'
import type { People } from './people.ts'
import { HOUR_MS } from './rhythm.ts'
import { CAMPAIGN_ID, logStep } from './steps.server.ts'

const AS_OF = '2024-06-05'
const CHUNK = 500

type Part = { id: number; officialId: number; part: 'sim_signature' | 'phone_4g'; state: string }

/**
 * Writes the carriers' data on staff's own phones: an extract that shows every part that the demo has as verified, and
 * those that an earlier full list would ask the unit to look at again.
 */
export function writeStaffEvidence(people: People) {
  const extractId = EXTRACTS.length + 1
  const office = people.grants.find(({ role }) => role === 'telecom_office')?.accountId ?? null
  const at = startOf('2024-06-07') + 15 * HOUR_MS
  writeUnjudged(tx => {
    insertFact(tx, extract, {
      id: extractId,
      campaignId: CAMPAIGN_ID,
      source: 'telecom',
      asOfOn: AS_OF,
      outcomes: JSON.stringify(['sim_signature', 'phone_4g']),
      isFullList: false,
      state: 'applied',
      cursor: 0,
      fileName: `can-bo-${AS_OF}.csv`,
      summary: '{}',
      uploadedAt: at,
      uploadedBy: office,
      appliedAt: at,
      appliedBy: office,
    })
    const parts = prepared<Part>(
      `select id, official_id as officialId, part, state from obligation
        where campaign_id = ? and part in ('sim_signature', 'phone_4g') order by id`,
    ).all(CAMPAIGN_ID)
    const show = ({ officialId, part }: Part) => {
      const subjectHash = subjectOf(officialId)
      if (subjectHash !== null) insertFact(tx, extractFact, { extractId, subjectHash, outcome: part, happenedOn: null })
    }
    for (const part of parts) if (part.state === 'verified') show(part)
    const byId = new Map(parts.map(part => [part.id, part]))
    const officialIds = [...new Set(parts.map(part => part.officialId))]
    let verified = 0
    for (let start = 0; start < officialIds.length; start += CHUNK) {
      const chunk = officialIds.slice(start, start + CHUNK)
      for (const { id, extractShows } of settledOf(CAMPAIGN_ID, chunk)) {
        const part = byId.get(id)
        if (part && extractShows === 0) show(part)
      }
      const update = tx.write('update obligation set state = ?, extract_id = ?, extract_shows = ? where id = ?')
      for (const row of settledOf(CAMPAIGN_ID, chunk)) {
        update.run(row.state, row.extractId, row.extractShows, row.id)
        verified += row.extractShows ?? 0
      }
    }
    logStep('campaign', { extractId, facts: verified })
  })
}

/** Under what an extract finds an official: the phone that they declared, else their personal number; null: neither. */
function subjectOf(officialId: number): string | null {
  const row = prepared<{ id: number; phoneCipher: Buffer | null }>(
    `select id, phone_cipher as phoneCipher from obligation
      where campaign_id = ? and official_id = ? and part = 'sim_signature'`,
  ).get(CAMPAIGN_ID, officialId)
  const phone = row && unsealText({ table: 'obligation', column: 'phone', rowId: row.id }, row.phoneCipher)
  if (phone) return matchHash({ campaignId: CAMPAIGN_ID }, 'phone', phone)
  const hash = prepared<string>('select number_hash from official_match where campaign_id = ? and official_id = ?')
    .pluck()
    .get(CAMPAIGN_ID, officialId)
  return hash ?? null
}
