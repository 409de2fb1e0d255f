import { randomUUID } from 'node:crypto'
import { data, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import type { FieldProblem } from '#app/domain/problem.ts'
import {
  MAX_SESSION_LINES,
  partSession,
  placeProblems,
  readSessionLine,
  type SessionLine,
} from '#app/domain/session-entry.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { ownStanding } from '#app/queries/home.server.ts'
import { listCommunes } from '#app/queries/locality.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { SessionForm, type SessionState } from '#app/ui/session-form.tsx'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, notFound, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Nhập cả buổi hỗ trợ · 4 phủ' }]

const LINES_AT_FIRST = 3

const blankLine = () => ({ submissionKey: randomUUID() })

export const loader = reads(({ actor, campaign, regulation, today }) => {
  const own = found(ownStanding(actor, campaign.id))
  return {
    today,
    communes: listCommunes(today),
    required: regulation.requiredOutcomes,
    maxLines: MAX_SESSION_LINES,
    state: {
      shared: { helpedOn: today, localityCode: own.place.localityCode ?? '' },
      lines: Array.from({ length: LINES_AT_FIRST }, blankLine),
      problems: [],
    } satisfies SessionState,
  }
})

export const action = writes(({ actor, campaign }, { form }) => {
  const { officialId } = actor
  if (officialId === null) throw notFound()
  const texts = [...form].flatMap(([name, text]) => (typeof text === 'string' ? [[name, text] as const] : []))
  const { shared, lines, filled } = partSession(texts)
  if (form.get('viec') === 'them-dong') return data(answer(shared, [...lines, { at: -1, texts: blankLine() }]))
  if (filled.length === 0)
    return data(answer(shared, [], { problems: [{ field: 'lines[0].citizenName', reason: 'required' }] }), 400)
  const save = (line: SessionLine): FieldProblem[] | null => {
    const read = readSessionLine(shared, line)
    if (!read.ok) return read.problems
    const made = recordHelp(actor, campaign.id, { officialId, input: read.input })
    return made.ok ? null : placeProblems(line, made.problems)
  }
  const kept: SessionLine[] = []
  const problems: FieldProblem[] = []
  for (const line of filled) {
    const wrong = save(line)
    if (wrong === null) continue
    // the lines that stay move up
    problems.push(...wrong.map(({ field, reason }) => ({ reason, field: moveLine(field, kept.length) })))
    kept.push(line)
  }
  if (kept.length === 0) return redirectWith('/ho-tro', 'da-luu', filled.length)
  return data(answer(shared, kept, { problems, saved: filled.length - kept.length }), 400)
})

const moveLine = (field: string, at: number) => field.replace(/^lines\[\d+\]/, `lines[${at}]`)

/** The form as it is shown again: what could not be saved, with each problem once. */
function answer(
  shared: Record<string, string>,
  lines: readonly SessionLine[],
  { problems = [], saved = 0 }: { problems?: readonly FieldProblem[]; saved?: number } = {},
) {
  const said = new Map(problems.map(({ field, reason }) => [`${field} ${reason}`, { field, reason }]))
  return {
    saved,
    state: {
      shared,
      lines: lines.length > 0 ? lines.map(({ texts }) => texts) : [blankLine()],
      problems: [...said.values()].map(({ field, reason }) => ({ field, text: explainProblem(reason) })),
    } satisfies SessionState,
  }
}

export default function SessionPage() {
  const { state, ...loaded } = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const saved = answered?.saved ?? 0
  return (
    <div className="narrow stack">
      <PageHeading
        title="Nhập cả buổi hỗ trợ"
        note="Một buổi ở trường học, khu công nghiệp hoặc điểm lưu động: ghi thông tin chung một lần, mỗi người dân một dòng."
        breadcrumbs={[{ to: '/ho-tro', label: 'Hỗ trợ' }]}
      />
      {saved > 0 ? (
        <Notice kind="success" title={`Đã lưu ${formatNumber(saved)} người`}>
          Các dòng còn lại bên dưới chưa được lưu, anh/chị xem lại rồi lưu tiếp.
        </Notice>
      ) : null}
      <SessionForm state={answered?.state ?? state} {...loaded} />
    </div>
  )
}
