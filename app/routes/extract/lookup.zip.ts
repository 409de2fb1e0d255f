import { redirect } from '@remix-run/node'
import { permitSomewhere } from '#app/access/policy.ts'
import { sheetOf, writeWorkbook } from '#app/documents/workbook.ts'
import { lookupInput } from '#app/domain/extract-input.ts'
import { type LookupRow, listForLookup } from '#app/queries/extract-lookup.server.ts'
import { lookupWords } from '#app/text/extract.ts'
import { readForm } from '../_web/form.server.ts'
import { found, writes } from '../_web/visit.server.ts'
import { lockedWorkbookResponse } from '../_web/workbook.server.ts'
import { noteShown } from '../admin/access.server.ts'

/**
 * Returns codes and numbers for a look-up, in a zip locked with the asker's password; by POST, because it is logged
 * with its purpose. Sends what is wrong to the form's page, which gives it back.
 */
export const action = writes(async ({ actor, campaign, at }, { form }) => {
  permitSomewhere(actor, 'extract.view')
  const submission = readForm(form, lookupInput)
  if (submission.status !== 'success') return redirect('/doi-chieu/tra-cuu', 307)
  const { password, ...asked } = submission.value
  const { source, localityCode } = asked
  const rows = found(listForLookup(actor, campaign.id, asked))
  await noteShown(actor, { what: 'lookup_export', subjectId: localityCode, count: rows.length })
  const blank = () => null
  const bytes = await writeWorkbook({
    title: lookupWords.title,
    campaign: campaign.code,
    subtitle: [lookupWords.note],
    asOf: at,
    sheets: [
      sheetOf<LookupRow>({
        name: lookupWords.sheet,
        rows,
        columns: [
          { kind: 'text', header: lookupWords.code, width: 16, value: row => row.code },
          { kind: 'text', header: lookupWords.number, width: 18, value: row => row.number },
          ...(source === 'telecom'
            ? [{ kind: 'text', header: lookupWords.phone, width: 16, value: (row: LookupRow) => row.phone } as const]
            : []),
          {
            kind: 'text',
            header: lookupWords.state[source],
            width: 22,
            value: blank,
            ...(source === 'police' ? { choices: lookupWords.levels } : {}),
          },
          { kind: 'text', header: lookupWords.day[source], width: 20, value: blank },
        ],
      }),
    ],
  })
  return lockedWorkbookResponse(bytes, { fileName: `tra-cuu-${localityCode}`, campaign, password })
})
