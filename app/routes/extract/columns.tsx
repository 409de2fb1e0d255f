import { data, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { DAY_COLUMN, EXTRACT_COLUMNS, fontsIn, readWordAnswers, wordField } from '#app/domain/extract.ts'
import { dayOrderTyped, listFields, readListChoice } from '#app/domain/list-input.ts'
import { type ExtractSummary, type FoundExtract, findExtract, mapColumns } from '#app/queries/extract.server.ts'
import { columnProblems, extractColumns } from '#app/text/extract.ts'
import { formatNumber } from '#app/text/format.ts'
import { listProblems } from '#app/text/list.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { ListColumns } from '#app/ui/list-columns.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { textsOf } from '../_web/form.server.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Cột này là gì? · 4 phủ' }]

type UnknownWords = NonNullable<ExtractSummary['asks']>['words']

/** What was answered before, as the form's fields hold it. */
const typedBefore = ({ source, summary: { answers = {} } }: FoundExtract): Record<string, string> => ({
  ...(answers.dayOrder && { [listFields.dayOrder(DAY_COLUMN[source])]: answers.dayOrder }),
  ...(answers.withHidden !== undefined && { [listFields.hidden]: answers.withHidden ? 'lay' : 'bo' }),
  ...(answers.converts && { [listFields.fonts]: 'on' }),
})

/** The columns of a file by its head and by shapes of what is below, the parts that are kept. */
function viewOf({ source, summary: { head, asks, guess = {} } }: FoundExtract) {
  const conversions = [...new Map(fontsIn(head, asks).map(word => [word.from, word])).values()]
  const columnAt = new Map(Object.entries(guess).map(([column, at]) => [at, column]))
  const heads = (head?.cells ?? []).map((words, at) => ({
    at,
    words,
    samples: head?.shapes?.[at] ?? [],
    column: columnAt.get(at) ?? null,
    isWanted: false,
  }))
  const isNamed = heads.some(({ words }) => words !== '')
  return {
    heads: heads.filter(({ words, samples }) => !isNamed || words !== '' || samples.length > 0),
    sheet: head?.sheet ?? '',
    headRow: head?.row ?? 1,
    hidden: asks?.hidden ?? 0,
    converted: conversions.length,
    conversions,
    unclearDays: asks?.dayOrder ? [DAY_COLUMN[source]] : [],
  }
}

/** Which sheet and row the columns were read from, and the sheets that are not read. */
function noteOf({ summary: { head } }: FoundExtract): string {
  const where = head?.sheet ? ` của trang “${head.sheet}”` : ''
  const others = (head?.others ?? []).map(name => `“${name}”`).join(', ')
  return `Tiêu đề ở dòng ${head?.row ?? 1}${where}.${others === '' ? '' : ` Không đọc các trang ${others}.`}`
}

export const loader = reads(({ actor, campaign }, { params }) => {
  const extract = found(findExtract(actor, campaign.id, idOf(params.extractId)))
  const { id, source, state, fileName, summary, allowed, isOpen } = extract
  if ((state !== 'reading' && !isOpen) || !summary.head || !allowed.manage) throw redirect(`/doi-chieu/${id}`)
  return {
    id,
    source,
    fileName,
    asks: summary.asks ?? null,
    question: {
      view: viewOf(extract),
      note: noteOf(extract),
      columns: EXTRACT_COLUMNS[source].map(value => {
        const { label, hint } = extractColumns[value]
        return { value, label: hint ? `${label} (${hint})` : label }
      }),
      whole: [],
      missing: [],
      typed: typedBefore(extract),
      asksFonts: true,
    },
  }
})

export const action = writes(({ actor, campaign }, { params, form }) => {
  const extractId = idOf(params.extractId)
  const extract = found(findExtract(actor, campaign.id, extractId))
  const typed = textsOf(form)
  const { choice, isTwice } = readListChoice(name => typed[name] ?? '', viewOf(extract), {
    known: EXTRACT_COLUMNS[extract.source],
    whole: [],
  })
  if (isTwice) return data({ problem: listProblems.column_used_twice, typed }, { status: 400 })
  const { asks } = extract.summary
  const words = asks?.words.map(({ word }) => word) ?? []
  const answers = {
    dayOrder: dayOrderTyped(name => typed[name], DAY_COLUMN[extract.source]),
    words: asks ? readWordAnswers(words, field => typed[field]) : undefined,
    withHidden: choice.withHidden,
    converts: choice.converts,
  }
  const mapped = mapColumns(actor, campaign.id, { extractId, columns: choice.columns, answers })
  if (!mapped.ok) return data({ problem: columnProblems[mapped.problem], typed }, { status: 400 })
  return redirect(`/cong-viec/${mapped.jobId}`)
})

export default function ExtractColumnsPage() {
  const { id, source, fileName, asks, question } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <div className="stack">
      <PageHeading
        title="Cột này là gì?"
        note={`${fileName} · ${officeLabels.extractSource[source]}`}
        breadcrumbs={[
          { to: '/doi-chieu', label: 'Đối chiếu' },
          { to: `/doi-chieu/${id}`, label: 'Số liệu' },
        ]}
      />
      {asks ? <Notice kind="warning" title="Đã xem hết tệp, còn điều cần anh/chị cho biết ở cuối trang." /> : null}
      <ListColumns {...question} {...answer}>
        {asks ? <Asked words={asks.words} typed={answer?.typed ?? {}} /> : null}
      </ListColumns>
    </div>
  )
}

/** Asks what words mean that the rows alone do not tell; nothing is applied before. */
function Asked({ words, typed }: { words: UnknownWords; typed: Readonly<Record<string, string>> }) {
  return (
    <div className="stack">
      {words.map(({ word, rows }, n) => (
        <div key={word} className="field">
          <label htmlFor={wordField(n)}>
            “{word}” ở {formatNumber(rows)} dòng nghĩa là gì?
          </label>
          <select id={wordField(n)} name={wordField(n)} className="control" defaultValue={typed[wordField(n)] ?? ''}>
            <option value="">Chưa rõ, không lấy các dòng này</option>
            <option value="yes">Đã kích hoạt</option>
            <option value="no">Chưa kích hoạt</option>
          </select>
        </div>
      ))}
    </div>
  )
}
