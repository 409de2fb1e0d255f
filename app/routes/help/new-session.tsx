import { data, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import type { FieldProblem } from '#app/domain/problem.ts'
import { placeProblems, readSessionLine } from '#app/domain/session-entry.ts'
import { MAX_SESSION_LINES, partSession, type SessionLine, sessionRow } from '#app/domain/session-lines.ts'
import type { Draft } from '#app/offline/draft.ts'
import { Drafted } from '#app/offline/drafted.tsx'
import { entriesOf, keepingAction } from '#app/offline/keeping-action.ts'
import { askPhone } from '#app/offline/known-citizen.ts'
import { describeSession } from '#app/offline/session-draft-words.ts'
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

const blankLine = () => ({ submissionKey: crypto.randomUUID() })

export const loader = reads(({ actor, campaign, regulation, today }) => {
  const own = found(ownStanding(actor, campaign.id))
  return {
    today,
    communes: listCommunes(today),
    required: regulation.requiredOutcomes,
    minimumAge: regulation.minimumAge,
    maxLines: MAX_SESSION_LINES,
    state: {
      shared: { helpedOn: today, localityCode: own.place.localityCode ?? '' },
      lines: Array.from({ length: LINES_AT_FIRST }, blankLine),
      problems: [],
    } satisfies SessionState,
  }
})

/**
 * The form with what its button asked for: a blank line more (`them-dong`), or the fields in which a line differs from
 * the session (`khac-0`). Undefined: it is to be saved.
 */
function asked(form: FormData, { shared, lines }: Pick<ReturnType<typeof partSession>, 'shared' | 'lines'>) {
  const act = String(form.get('viec') ?? '')
  if (act === 'them-dong') return answer(shared, [...lines, { at: -1, texts: blankLine() }])
  const at = /^khac-(\d{1,3})$/.exec(act)?.[1]
  if (at === undefined) return undefined
  const isMeant = (line: SessionLine) => line.at === Number(at)
  return answer(
    shared,
    lines.map(line => (isMeant(line) ? { ...line, texts: { ...line.texts, otherwise: 'on' } } : line)),
  )
}

export const action = writes(({ actor, campaign }, { form }) => {
  const { officialId } = actor
  if (officialId === null) throw notFound()
  const texts = [...form].flatMap(([name, text]) => (typeof text === 'string' ? [[name, text] as const] : []))
  const { shared, lines, filled } = partSession(texts)
  const shown = asked(form, { shared, lines })
  if (shown) return data(shown)
  if (filled.length === 0)
    return data(answer(shared, [], { problems: [{ field: 'lines[0].citizenName', reason: 'required' }] }), 400)
  const save = (line: SessionLine): FieldProblem[] | null => {
    const read = readSessionLine(shared, line)
    if (!read.ok) return read.problems
    const made = recordHelp(actor, campaign.id, { officialId, input: read.input, isOnlyNew: true })
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

/** A session that was left unsaved, as the form shows it again. */
function stateOf({ entries }: Draft): SessionState {
  const { shared, lines } = partSession(entries)
  return { shared, lines: lines.map(({ texts }) => texts), problems: [] }
}

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

/** Keeps each person of the session on the phone until they are sent; a line is added without the server too. */
export const clientAction = keepingAction({
  draftOf: () => 'session',
  rowsOf: form => {
    const { shared, filled } = partSession(entriesOf(form))
    return filled.map(line => {
      const row = sessionRow(shared, line)
      return {
        key: row.submissionKey ?? '',
        subject: { kind: 'record' },
        citizenName: row.citizenName ?? '',
        entries: Object.entries(row),
      }
    })
  },
  refuse: (form, said) => {
    const { shared, lines } = partSession(entriesOf(form))
    return { ...answer(shared, lines), said }
  },
  answerHere: form => {
    const { shared, lines, filled } = partSession(entriesOf(form))
    const shown = asked(form, { shared, lines })
    if (shown) return { ...shown, said: undefined }
    return filled.length === 0 ? { ...answer(shared, lines), said: NOBODY } : undefined
  },
})

const NOBODY = 'Chưa có người dân nào trong danh sách. Anh/chị nhập ít nhất một người rồi lưu.'

export default function SessionPage() {
  const { state, ...loaded } = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const saved = answered?.saved ?? 0
  const said =
    answered !== undefined && 'said' in answered && typeof answered.said === 'string' ? answered.said : undefined
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
      {said === undefined ? null : <Notice kind="error">{said}</Notice>}
      <Drafted form="session" nameOf={describeSession}>
        {draft => (
          <SessionForm state={answered?.state ?? (draft ? stateOf(draft) : state)} {...loaded} ask={askPhone} />
        )}
      </Drafted>
    </div>
  )
}
