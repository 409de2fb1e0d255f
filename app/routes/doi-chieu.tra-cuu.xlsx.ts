import { redirect } from '@remix-run/node'
import { permitSomewhere } from '#app/access/policy.ts'
import { sheetOf, writeWorkbook } from '#app/documents/workbook.ts'
import { lookupInput } from '#app/domain/extract-input.ts'
import { type LookupRow, listForLookup } from '#app/queries/extract-lookup.server.ts'
import { lookupWords } from '#app/text/extract.ts'
import { readForm } from './form.server.ts'
import { found, writes } from './visit.server.ts'
import { workbookResponse } from './workbook.server.ts'

/** Codes and numbers for a look-up, as a file; asked by POST, since it is logged with its purpose. */
export const action = writes(async ({ actor, campaign, at }, { form }) => {
  permitSomewhere(actor, 'extract.view')
  const submission = readForm(form, lookupInput)
  if (submission.status !== 'success') return redirect('/doi-chieu/tra-cuu?thieu')
  const { source, localityCode } = submission.value
  const rows = found(listForLookup(actor, campaign.id, submission.value))
  const blank = () => null
  const bytes = await writeWorkbook({
    title: lookupWords.title,
    subtitle: [`Kế hoạch ${campaign.code}`, lookupWords.note],
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
          { kind: 'text', header: lookupWords.state[source], width: 16, value: blank },
          { kind: 'text', header: lookupWords.day[source], width: 20, value: blank },
        ],
      }),
    ],
  })
  return workbookResponse(bytes, `tra-cuu-${localityCode}`)
})
