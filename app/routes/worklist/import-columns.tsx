import { data, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { WORKLIST_LACKS } from '#app/domain/vocabulary.ts'
import { LACK_TEXTS } from '#app/domain/worklist.ts'
import { WORKLIST_SPEC } from '#app/imports/worklist-spec.ts'
import { listAreasOf } from '#app/queries/locality.server.ts'
import { chooseWorklistColumns } from '#app/queries/worklist-import.server.ts'
import { worklistHeaders } from '#app/text/worklist.ts'
import { ListColumnsPage } from '#app/ui/list-columns.tsx'
import { batchIdOf } from '../_web/batch.server.ts'
import { columnQuestion, readColumnForm, unitColumns } from '../_web/list-columns.server.ts'
import { idOf, reads, writes } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'

export const meta: MetaFunction = () => [{ title: 'Cột này là gì? · 4 phủ' }]
/** Rows of a file with citizens stay out of every cache. */
export const headers = () => ({ 'Cache-Control': 'no-store' })

function asked(unitPath: string, today: string) {
  const communes = listAreasOf(unitPath, today).flatMap(({ options }) => options)
  return {
    spec: WORKLIST_SPEC,
    asksFonts: true,
    whole: [
      { column: 'commune', label: worklistHeaders.commune.header, options: communes },
      { column: 'hamlet', label: worklistHeaders.hamlet.header },
      {
        column: 'lacks',
        label: worklistHeaders.lacks.header,
        options: WORKLIST_LACKS.map(lack => ({ value: LACK_TEXTS[lack], label: worklistHeaders[lack].header })),
      },
    ],
  } as const
}

export const loader = reads(async ({ actor, campaign, today }, { params }) => {
  const batch = unitColumns(actor, 'worklist', {
    unitId: idOf(params.unitId),
    batchId: batchIdOf({ campaign }, params.batchId),
  })
  await noteShown(actor, { what: 'worklist_batch', subjectId: batch.id, count: Math.min(3, batch.view.rows) })
  const { fileName, unit } = batch
  return { fileName, unit, question: columnQuestion(batch, asked(unit.path, today)) }
})

export const action = writes(({ actor, campaign, today }, { params, form }) => {
  const batchId = batchIdOf({ campaign }, params.batchId)
  const { view, unit } = unitColumns(actor, 'worklist', { unitId: idOf(params.unitId), batchId })
  const read = readColumnForm(form, view, asked(unit.path, today))
  if (!read.ok) return data(read, { status: 400 })
  return redirect(`/cong-viec/${chooseWorklistColumns(actor, unit.id, batchId, read.choice)}`)
})

export default function WorklistColumnsPage() {
  const { fileName, unit, question } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const upload = { to: `/don-vi/${unit.id}/phan-cong/nhap`, label: 'Nhập danh sách người dân' }
  return <ListColumnsPage fileName={fileName} unit={unit} upload={upload} question={question} answer={answer} />
}
