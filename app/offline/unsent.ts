import type { FormSubject } from '#app/domain/offline.ts'
import { CONSENT_VERSIONS } from '#app/domain/vocabulary.ts'
import { askForSync, openHere, takeCode } from './contact.ts'
import { keep } from './outbox.ts'
import { pageCampaign } from './page-campaign.ts'
import { explainKeeping } from './refusal.ts'

const NO_STORE = 'Chưa gửi được vì mạng vừa mất. Nội dung vẫn còn trên màn hình: anh/chị bấm lại khi có mạng.'
const KEPT_HERE = 'Máy đã giữ nội dung này và gửi khi mở ứng dụng lúc có mạng. Anh/chị không cần nhập lại.'

/** One form to keep: its own key, what it is about, whom it names, and its entries. */
export type ToKeep = {
  key: string
  subject: FormSubject
  citizenName: string
  entries: [string, string][]
  changed?: string[]
}

/**
 * Keeps forms that were sent but got no answer. They may have reached the server, so they are sent again under their own
 * keys until there is an answer. Then `forget` deletes their draft, before the page is left for the shell. Returns what to
 * say where the form has to stay on the screen.
 */
export async function keepUnsent(rows: readonly ToKeep[], forget: () => Promise<void>): Promise<string> {
  try {
    const here = await openHere()
    const campaignId = pageCampaign() ?? here?.row.copied?.campaignId
    if (!here?.opened || campaignId === undefined) return NO_STORE
    for (const { key, ...kept } of rows)
      await keep(
        here.opened,
        key,
        {
          ...kept,
          campaignId,
          enteredAt: Date.now(),
          contactAt: here.row.contact.phoneAt,
          // the server put the day ready
          isDayChosen: true,
          consentVersion: CONSENT_VERSIONS[0],
          code: rows.length === 1 && kept.subject.kind === 'record' ? await takeCode(here.opened, campaignId) : null,
          problems: [],
          saved: null,
        },
        'unknown',
      )
    await forget().catch(() => undefined)
    await askForSync()
    if (navigator.serviceWorker.controller && (await caches.match('/ngoai-tuyen')))
      window.location.assign(rows.length === 1 ? `/ngoai-tuyen#da-ghi=${rows[0]?.key}` : '/ngoai-tuyen#cho-gui')
    return KEPT_HERE
  } catch (error) {
    return explainKeeping(error)
  }
}
