import { data, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { readSetupList } from '#app/imports/setup-list.ts'
import { SETUP_SPECS } from '#app/imports/setup-spec.ts'
import { chooseColumns, findColumns } from '#app/queries/import-batch.server.ts'
import { findSetupList, keepSetupRows } from '#app/queries/setup-batch.server.ts'
import { setupTitles } from '#app/text/setup.ts'
import { ListColumnsPage } from '#app/ui/list-columns.tsx'
import { columnQuestion, readColumnForm } from '../_web/list-columns.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'
import { listIn } from './list.server.ts'

export const meta: MetaFunction = () => [{ title: 'Cột này là gì? · 4 phủ' }]

export const loader = reads((visit, { params }) => {
  const list = listIn(visit, params.list)
  const { fileName, unit, ...batch } = found(findColumns(visit.actor, list, idOf(params.batchId)))
  return {
    list,
    fileName,
    unit,
    question: columnQuestion(batch, { spec: SETUP_SPECS[list], asksFonts: true, whole: [] }),
  }
})

export const action = writes(async (visit, { params, form }) => {
  const list = listIn(visit, params.list)
  const batchId = idOf(params.batchId)
  const { view } = found(findColumns(visit.actor, list, batchId))
  const read = readColumnForm(form, view, { spec: SETUP_SPECS[list], asksFonts: true, whole: [] })
  if (!read.ok) return data(read, { status: 400 })
  const { choice } = read
  chooseColumns(visit.actor, { kind: list, batchId, choice }, () => batchId)
  const { file } = found(findSetupList(visit.actor, list, batchId))
  const reading = await readSetupList(Buffer.from(file?.file ?? '', 'base64'), list, { choice })
  if (reading.ok) keepSetupRows(visit.actor, list, batchId, reading)
  return redirect(`/quan-tri/danh-sach/${setupTitles[list].file}/${batchId}`)
})

export default function SetupColumnsPage() {
  const { list, fileName, unit, question } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { title, file } = setupTitles[list]
  const upload = { to: `/quan-tri/danh-sach/${file}`, label: title }
  return <ListColumnsPage fileName={fileName} unit={unit} upload={upload} question={question} answer={answer} />
}
