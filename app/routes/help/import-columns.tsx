import { data, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { CONSENT_CHANNELS, HELP_PLACES, OUTCOMES } from '#app/domain/vocabulary.ts'
import { HELP_SPEC } from '#app/imports/help-spec.ts'
import { chooseHelpColumns } from '#app/queries/help-batch.server.ts'
import { hasDistricts, listAreasOf } from '#app/queries/locality.server.ts'
import { helpHeaders } from '#app/text/help-import.ts'
import { labels } from '#app/text/vocabulary.ts'
import { ListColumnsPage } from '#app/ui/list-columns.tsx'
import { batchIdOf } from '../_web/batch.server.ts'
import { columnQuestion, readColumnForm, unitColumns } from '../_web/list-columns.server.ts'
import { idOf, reads, type Visit, writes } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'

export const meta: MetaFunction = () => [{ title: 'Cột này là gì? · 4 phủ' }]
/** Rows of a file with citizens stay out of every cache. */
export const headers = () => ({ 'Cache-Control': 'no-store' })

/** A label of a list is written in a cell as it is shown. */
const wordsOf = <Word extends string>(words: readonly Word[], text: Record<Word, string>) =>
  words.map(word => ({ value: text[word], label: text[word] }))

function asked(unitPath: string, { today, terms }: Pick<Visit, 'today' | 'terms'>) {
  const communes = listAreasOf(unitPath, today).flatMap(({ options }) => options)
  return {
    spec: HELP_SPEC,
    without: [
      ...(hasDistricts(today) ? [] : (['district'] as const)),
      ...OUTCOMES.filter(outcome => !terms.outcomes.includes(outcome)),
    ],
    asksFonts: true,
    whole: [
      { column: 'commune', label: helpHeaders.commune.header, options: communes },
      { column: 'helpedOn', label: helpHeaders.helpedOn.header, isDay: true },
      { column: 'place', label: helpHeaders.place.header, options: wordsOf(HELP_PLACES, labels.helpPlace) },
      {
        column: 'consentChannel',
        label: helpHeaders.consentChannel.header,
        options: wordsOf(CONSENT_CHANNELS, labels.consentChannel),
      },
      {
        column: 'consent',
        label: helpHeaders.consent.header,
        hint: 'Người dân ở mọi dòng đã đồng ý để ghi thông tin.',
        options: [{ value: 'x', label: 'Đã đồng ý' }],
      },
      { column: 'hamlet', label: helpHeaders.hamlet.header },
    ],
  } as const
}

export const loader = reads(async (visit, { params }) => {
  const { actor, campaign } = visit
  const batch = unitColumns(actor, 'help', {
    unitId: idOf(params.unitId),
    batchId: batchIdOf({ campaign }, params.helpBatchId),
  })
  await noteShown(actor, { what: 'help_batch', subjectId: batch.id, count: Math.min(3, batch.view.rows) })
  const { fileName, unit } = batch
  return { fileName, unit, question: columnQuestion(batch, asked(unit.path, visit)) }
})

export const action = writes((visit, { params, form }) => {
  const { actor, campaign } = visit
  const batchId = batchIdOf({ campaign }, params.helpBatchId)
  const { view, unit } = unitColumns(actor, 'help', { unitId: idOf(params.unitId), batchId })
  const read = readColumnForm(form, view, asked(unit.path, visit))
  if (!read.ok) return data(read, { status: 400 })
  return redirect(`/cong-viec/${chooseHelpColumns(actor, unit.id, batchId, read.choice)}`)
})

export default function HelpColumnsPage() {
  const { fileName, unit, question } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const upload = { to: `/don-vi/${unit.id}/truong-hop/nhap`, label: 'Nhập hộ nhiều trường hợp' }
  return <ListColumnsPage fileName={fileName} unit={unit} upload={upload} question={question} answer={answer} />
}
