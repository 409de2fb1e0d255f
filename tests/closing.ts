import type { Person } from '#app/access/policy.ts'
import { canonicalJson, type ReportContent } from '#app/domain/report.ts'
import { computeClosing } from '#app/jobs/closing.server.ts'
import { moveClock } from '#app/queries/clock.server.ts'
import { type Closing, closingForJob } from '#app/queries/closing.server.ts'
import { closingLines, leaveLines } from '#app/queries/closing-check.server.ts'
import { confirmAct, proposeAct } from '#app/queries/closing-request.server.ts'
import { rulesOf } from '#app/queries/judging/index.server.ts'
import { unsignedFinals } from '#app/queries/report.server.ts'
import { liveFigures } from '#app/queries/report-figures.server.ts'
import { hashOf } from '#app/queries/report-signing.server.ts'
import { prepared, transact } from '#db/client.server.ts'
import { CAMPAIGN, done, makeReader, system } from './make.ts'

/** The first day on which plan 128 can be closed: the final reports were due on 09/7/2024. */
export const CLOSING_DAY = '2024-07-10'

/** Leaves everything that waits, as somebody who has looked at it. */
export function leaveAll(office: Person, campaignId = CAMPAIGN) {
  for (const { item, state } of closingLines(campaignId))
    if (state === 'open') leaveLines(office, campaignId, new Map([[item, 'Đã xem, để lại.']]))
}

/** Two people agree to the close; returns the job that computes it. */
export function agreeToClose(office: Person, second: Person, campaignId = CAMPAIGN): number {
  leaveAll(office, campaignId)
  done(proposeAct(office, campaignId, { act: 'close', withLate: true }))
  const { jobId } = done(confirmAct(second, campaignId, 'close'))
  if (jobId === null) throw new Error('nothing is being closed')
  return jobId
}

/** Computes the closing of a job to its end, as the worker does. */
export async function computeJob(jobId: number): Promise<Closing> {
  const input = JSON.parse(prepared<string>('select input from job where id = ?').pluck().one(jobId)) as {
    closingId: number
  }
  await computeClosing(input, system, () => undefined)
  prepared("update job set state = 'done' where id = ?").run(jobId)
  const closing = closingForJob(input.closingId)
  if (!closing) throw new Error('no closing')
  return closing
}

/** Every unit that owes a final report has signed it in time, with its figures of now. */
export function signFinals(campaignId = CAMPAIGN) {
  const { id, regulation } = rulesOf(campaignId)
  const { endsOn } = regulation
  const code = prepared<string>('select code from campaign where id = ?').pluck().one(campaignId)
  const at = Date.parse('2024-07-08T09:00+07:00')
  transact(() => {
    for (const unitId of unsignedFinals(campaignId)) {
      const unit = prepared<{ name: string; path: string }>('select name, path from unit where id = ?').one(unitId)
      const figures = canonicalJson({
        campaign: code,
        unitId,
        unitName: unit.name,
        kind: 'final',
        endsOn,
        version: 1,
        reason: '',
        difficulties: '',
        proposals: '',
        signedAt: at,
        signerName: 'Nguyễn Văn A',
        signerCapacity: 'head',
        documentNumber: null,
        documentOn: null,
        regulationId: id,
        figures: liveFigures({ campaignId, unitId, unitPath: unit.path, endsOn }),
      } satisfies ReportContent)
      prepared(
        `insert into report (campaign_id, unit_id, kind, ends_on, version, prepared_at, prepared_by, signed_at, signed_by, figures, hash)
         values (?, ?, 'final', ?, 1, ?, 1, ?, 1, ?, ?)`,
      ).run(campaignId, unitId, endsOn, at, at, figures, hashOf(figures))
    }
  })
}

/**
 * Closes the campaign for good, the day after the final reports were due and with all of them signed; by these people,
 * or by new ones.
 */
export async function closeForGood(
  { office, home, admin }: Record<'office' | 'home' | 'admin', Person> = {
    office: makeReader('campaign_office'),
    home: makeReader('home_affairs'),
    admin: makeReader('admin'),
  },
): Promise<Closing> {
  signFinals()
  moveClock(admin, Date.parse(`${CLOSING_DAY}T09:00+07:00`))
  return computeJob(agreeToClose(office, home))
}
