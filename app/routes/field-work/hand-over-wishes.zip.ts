import { permitSomewhere } from '#app/access/policy.ts'
import { sheetOf, writeWorkbook } from '#app/documents/workbook.ts'
import { handOverInput } from '#app/domain/offer-input.ts'
import { type HandedWish, handOver, takeHandoverAgain } from '#app/queries/offer.server.ts'
import { labels } from '#app/text/vocabulary.ts'
import { readForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { writes } from '../_web/visit.server.ts'
import { lockedWorkbookResponse } from '../_web/workbook.server.ts'
import { noteShown } from '../admin/access.server.ts'

/**
 * Hands over a carrier's open wishes with name and phone, or gives the file of an earlier handover again, in a zip
 * locked with the asker's password; by POST, because it marks and logs them.
 */
export const action = writes(async ({ actor, campaign, at }, { form }) => {
  permitSomewhere(actor, 'offer.hand_over')
  const submission = readForm(form, handOverInput)
  if (submission.status !== 'success') return redirectWith('/uu-dai', 'thieu-mat-khau')
  const { password, ...asked } = submission.value
  const handed =
    asked.handoverId === null
      ? asked.carrier && handOver(actor, campaign.id, asked.carrier)
      : takeHandoverAgain(actor, campaign.id, asked.handoverId)
  if (!handed) return redirectWith('/uu-dai', 'khong-con')
  const { handoverId, carrier, rows } = handed
  await noteShown(actor, { what: 'offer_export', subjectId: carrier, count: rows.length })
  const bytes = await writeWorkbook({
    title: `Nhu cầu của người dân, ${labels.carrier[carrier]}`,
    campaign: campaign.code,
    subtitle: ['Chỉ dùng để liên hệ về ưu đãi mà người dân đã đồng ý.'],
    asOf: at,
    sheets: [
      sheetOf<HandedWish>({
        name: 'Nhu cầu',
        rows,
        columns: [
          { kind: 'text', header: 'Họ và tên', width: 28, value: row => row.name },
          { kind: 'text', header: 'Số điện thoại', width: 16, value: row => row.phone },
          { kind: 'text', header: 'Xã, phường, thị trấn', width: 24, value: row => row.area },
          { kind: 'text', header: 'Ấp, khu phố', width: 20, value: row => row.hamlet },
          { kind: 'text', header: 'Ưu đãi', width: 40, value: row => row.offerName },
          { kind: 'instant', header: 'Ghi lúc', width: 18, value: row => row.askedAt },
        ],
      }),
    ],
  })
  return lockedWorkbookResponse(bytes, { fileName: `nhu-cau-${carrier}-${handoverId}`, campaign, password })
})
