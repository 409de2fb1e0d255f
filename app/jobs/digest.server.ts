import type { Day } from '#app/domain/calendar.ts'
import { campaignsAtWork } from '#app/queries/campaign.server.ts'
import { giveBackDigest, listDigestAccounts, takeDigest } from '#app/queries/digest-account.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { digestMail } from '#app/text/reminder.ts'
import { logFailure } from './failure-log.server.ts'
import { isServerFailure, mailSettings, openMail } from './mail.server.ts'

/**
 * Sends the day's reminders by mail to the accounts that want them. An account receives at most one mail a day, also
 * if the job is resumed, and none if it has no open tasks.
 *
 * A mail that the server refuses is counted and logged; that account receives its next mail tomorrow. If the server
 * cannot be reached or trusted, the remaining mails wait: throws `mail_server`, and the job is queued again later.
 */
export async function sendDigests(
  { today, address }: { today: Day; address: string },
  _actor: unknown,
  progress: (done: number, total: number) => void,
): Promise<{ sent: number; failed: number }> {
  const settings = mailSettings(process.env)
  if (!settings) return { sent: 0, failed: 0 }
  const campaigns = campaignsAtWork(today)
  const accounts = listDigestAccounts(today)
  const mail = openMail(settings)
  const counts = { sent: 0, failed: 0 }
  try {
    for (const [n, accountId] of accounts.entries()) {
      const digest = await retryBusy(() => takeDigest(accountId, campaigns, today))
      if (digest) {
        try {
          await mail.send({
            to: digest.email,
            ...digestMail(digest, { today, address, isOne: campaigns.length === 1 }),
          })
          counts.sent += 1
        } catch (error) {
          logFailure(error, { mail: isServerFailure(error) ? 'server' : 'refused' })
          if (isServerFailure(error)) {
            await retryBusy(() => giveBackDigest(accountId, today))
            throw new Error('mail_server')
          }
          counts.failed += 1
        }
      }
      progress(n + 1, accounts.length)
    }
  } finally {
    mail.close()
  }
  return counts
}
