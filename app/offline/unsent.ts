import type { SubmissionResult } from '@conform-to/react'
import { askForSync, openHere, readCopy, takeCode } from './contact.ts'
import { keep } from './outbox.ts'
import { explainKeeping, refusedWith } from './refusal.ts'

const NO_STORE = 'Chưa gửi được vì mạng vừa mất. Nội dung vẫn còn trên màn hình: anh/chị bấm lại khi có mạng.'

/**
 * Keeps a help form that was sent but got no answer. It may have reached the server, so it is sent again under its own
 * key until there is an answer. Then goes to the shell; if it cannot be kept, says so, and the form stays.
 */
export async function keepUnsent(form: FormData): Promise<SubmissionResult<string[]>> {
  try {
    const here = await openHere()
    const copy = here?.opened && (await readCopy(here.row, here.opened))
    if (!here?.opened || !copy) return refusedWith(form, { '': [NO_STORE] })
    const key = String(form.get('submissionKey'))
    await keep(
      here.opened,
      key,
      {
        campaignId: copy.campaign.id,
        entries: [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
        citizenName: String(form.get('citizenName')),
        enteredAt: Date.now(),
        contactAt: here.row.contact.phoneAt,
        // the server put the day ready
        isDayChosen: true,
        consentVersion: copy.form.consentVersion,
        code: await takeCode(here.opened, copy.campaign.id),
        problems: [],
        saved: null,
      },
      'unknown',
    )
    await askForSync()
    window.location.assign(`/ngoai-tuyen#da-ghi=${key}`)
    return refusedWith(form, {})
  } catch (error) {
    return refusedWith(form, { '': [explainKeeping(error)] })
  }
}
