import { data, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { CATEGORIES } from '#app/domain/vocabulary.ts'
import { rosterSpec } from '#app/imports/roster-spec.ts'
import { findBatch, findColumns } from '#app/queries/import-batch.server.ts'
import { chooseRosterColumns } from '#app/queries/roster.server.ts'
import { rosterCategories, rosterHeaders } from '#app/text/roster.ts'
import { ListColumnsPage } from '#app/ui/list-columns.tsx'
import { columnQuestion, readColumnForm } from '../_web/list-columns.server.ts'
import { found, idOf, reads, type Visit, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Cột này là gì? · 4 phủ' }]
/** Rows of a file with people stay out of every cache. */
export const headers = () => ({ 'Cache-Control': 'no-store' })

function columnsOf(actor: Visit['actor'], batchId: number) {
  const batch = found(findColumns(actor, 'roster', batchId))
  const association = findBatch(actor, batchId)?.content?.association ?? undefined
  const categories = CATEGORIES.map(category => ({
    value: rosterCategories[category],
    label: rosterCategories[category],
  }))
  const whole = association
    ? []
    : [{ column: 'category' as const, label: rosterHeaders.category.header, options: categories }]
  return { batch, asked: { spec: rosterSpec(association), asksFonts: false, whole } }
}

export const loader = reads(({ actor }, { params }) => {
  const { batch, asked } = columnsOf(actor, idOf(params.batchId))
  const { fileName, unit } = batch
  return { fileName, unit, question: columnQuestion(batch, asked) }
})

export const action = writes(({ actor }, { params, form }) => {
  const batchId = idOf(params.batchId)
  const { batch, asked } = columnsOf(actor, batchId)
  const read = readColumnForm(form, batch.view, asked)
  if (!read.ok) return data(read, { status: 400 })
  return redirect(`/cong-viec/${chooseRosterColumns(actor, batchId, read.choice)}`)
})

export default function RosterColumnsPage() {
  const { fileName, unit, question } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const upload = { to: `/don-vi/${unit.id}/nguoi-thuc-hien/nhap`, label: 'Nhập danh sách' }
  return <ListColumnsPage fileName={fileName} unit={unit} upload={upload} question={question} answer={answer} />
}
