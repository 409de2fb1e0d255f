import { API_OPERATIONS } from '#app/domain/api.ts'
import { EXTRACT_FILE_BYTES } from '#app/domain/extract.ts'
import { extractUpload } from '#app/domain/extract-input.ts'
import { refuseTable } from '#app/imports/table.ts'
import { handInExtract } from '#app/queries/extract.server.ts'
import { tableReasons } from '#app/text/extract.ts'
import { explainProblem } from '#app/text/problem.ts'
import { formOf } from '../_web/body.server.ts'
import { answer, answersApi, issuesOf, noOperation, problem, refuse } from './answer.server.ts'

/** A file handed in; what follows from it a person decides (domain 6.3). */
export const action = answersApi('uploadExtract', async ({ actor, campaignId, request }) => {
  const form = await formOf(request)
  const file = form.get('file')
  if (!(file instanceof File) || file.size === 0) return refuse([{ field: 'file', detail: explainProblem('required') }])
  if (file.size > EXTRACT_FILE_BYTES) return problem(413)
  const read = extractUpload.safeParse({
    source: form.get('source') ?? undefined,
    asOfOn: form.get('asOfOn') ?? undefined,
    isFullList: form.get('isFullList') ?? undefined,
    localities: form.getAll('localities'),
    carriers: form.getAll('carriers'),
  })
  if (!read.success) return refuse(issuesOf(read.error))
  const bytes = new Uint8Array(await file.arrayBuffer())
  const reason = refuseTable(bytes)
  if (reason) return refuse([{ field: 'file', detail: tableReasons[reason] }])
  const made = await handInExtract(actor, campaignId, { input: read.data, fileName: file.name, bytes })
  if (!made.ok) return refuse(made.problems.map(({ field, reason }) => ({ field, detail: explainProblem(reason) })))
  return answer(request, API_OPERATIONS.uploadExtract, { extractId: made.extractId, state: 'reading' })
})

export const loader = noOperation(405)
