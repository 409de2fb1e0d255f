import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { openDisputes } from '#app/queries/dispute.server.ts'
import { listToConfirm, waitingHelp } from '#app/queries/help-list.server.ts'
import { listWaitingObligations } from '#app/queries/obligation.server.ts'
import { findUnitSignals } from '#app/queries/signal.server.ts'
import { formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import { explainFlaws, explainLacking, reviewAdvice } from '#app/text/obligation.ts'
import { describeDeclared } from '#app/text/official.ts'
import { explainProblem } from '#app/text/problem.ts'
import { askSignal, innocentReasons } from '#app/text/signal.ts'
import { labels } from '#app/text/vocabulary.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { type Choice, ConfirmList } from '#app/ui/choice-list.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { SignalRows } from '#app/ui/signal-rows.tsx'
import { Status } from '#app/ui/status.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { found, idOf, notFound, reads } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'
import { readLeft } from './left-behind.server.ts'

export const meta: MetaFunction = () => [{ title: 'Chờ xác nhận · 4 phủ' }]

const QUESTIONS = 5
const PAGE = 50

export const loader = reads(async ({ actor, campaign, regulation }, { params, url }) => {
  const heading = found(findUnitHeading(actor, idOf(params.unitId)))
  if (!heading.allowed.confirm) throw notFound()
  const officialId = Number(url.searchParams.get('nguoi')) || undefined
  const { total, isCutOff, questions, others } = waitingHelp(actor, campaign.id, { unitPath: heading.path, officialId })
  const rowsOf = (helpIds: readonly number[]) => listToConfirm(actor, campaign.id, helpIds)
  const asked = questions
    .slice(0, QUESTIONS)
    .map(question => ({ ...question, rows: rowsOf(question.helpIds.slice(0, PAGE)) }))
  const rest = rowsOf(others.slice(0, PAGE))
  const shown = new Set([...asked.flatMap(({ rows }) => rows), ...rest].map(row => row.id))
  await noteShown(actor, { what: 'help_queue', subjectId: heading.id, count: shown.size })
  return {
    heading,
    isOfOne: officialId !== undefined,
    total,
    isCutOff,
    questions: asked,
    moreQuestions: Math.max(0, questions.length - QUESTIONS),
    others: { count: others.length, rows: rest },
    obligations:
      officialId === undefined
        ? listWaitingObligations(actor, campaign.id, { unitPath: heading.path, limit: PAGE })
        : { total: 0, rows: [] },
    reviews:
      officialId === undefined
        ? listWaitingObligations(actor, campaign.id, { unitPath: heading.path, waits: 'review', limit: PAGE })
        : { total: 0, rows: [] },
    signals: officialId === undefined ? findUnitSignals(actor, campaign.id, heading) : [],
    endsOn: regulation.endsOn,
    left: readLeft(actor, campaign.id, url),
    disputes: openDisputes(actor, campaign.id).find(row => row.unitId === heading.id)?.count ?? 0,
  }
})

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

function helpChoice(row: Loaded['others']['rows'][number]): Choice {
  return {
    id: row.id,
    name: `${row.citizenName}, ${row.officialName} hỗ trợ`,
    title: <Link to={`/ho-tro/${row.id}`}>{row.citizenName}</Link>,
    detail: (
      <>
        {row.officialName} · {[row.hamlet, row.localityName].filter(Boolean).join(', ')} · {labels.helpPlace[row.place]}
      </>
    ),
    aside: (
      <span className="small">
        {row.recordedBy === null ? '' : 'Nhập hộ · '}hỗ trợ {formatDay(row.helpedOn)}, ghi{' '}
        {formatInstant(row.receivedAt)}
      </span>
    ),
  }
}

function obligationChoice(row: Loaded['obligations']['rows'][number], endsOn: string): Choice {
  const flaws = explainFlaws(row, endsOn)
  return {
    id: row.id,
    name: `${row.officialName}, ${labels.exemptionPart[row.part]}`,
    title: (
      <>
        <Link to={`/can-bo/${row.officialId}`}>{row.officialName}</Link> · {labels.exemptionPart[row.part]}
      </>
    ),
    detail: (
      <>
        {describeDeclared(row)}
        {row.isInReview && row.extract ? (
          <span className="block">
            <Status tone="check">Cần xem lại</Status> {explainLacking(row.extract)}
          </span>
        ) : null}
        {flaws === null ? null : (
          <span className="block">
            <Status tone="late">Xác nhận thì vẫn chưa đạt</Status> {flaws}
          </span>
        )}
      </>
    ),
    aside:
      row.evidenceFileId === null ? undefined : (
        <Link to={`/tep/${row.evidenceFileId}`} reloadDocument>
          Tải minh chứng
        </Link>
      ),
  }
}

export default function QueuePage() {
  const {
    heading,
    isOfOne,
    total,
    isCutOff,
    questions,
    moreQuestions,
    others,
    obligations,
    reviews,
    signals,
    endsOn,
    left,
    disputes,
  } = useLoaderData<typeof loader>()
  const base = `/don-vi/${heading.id}/xac-nhan`
  const isEmpty = total + obligations.total + reviews.total === 0
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="confirm"
        title="Chờ xác nhận"
        note={`${formatNumber(total)} trường hợp${isCutOff ? ' ghi sớm nhất' : ''}${isOfOne ? '' : `, ${formatNumber(obligations.total + reviews.total)} nội dung bản thân`}. Việc của chính anh/chị và việc do cấp trên xác nhận không nằm trong danh sách này.`}
        actions={
          isOfOne ? (
            <ButtonLink variant="quiet" to={base}>
              Xem tất cả
            </ButtonLink>
          ) : undefined
        }
      />
      <Done left={left} />
      {disputes === 0 ? null : (
        <p>
          <Link to={`/don-vi/${heading.id}/tranh-chap`}>
            {formatNumber(disputes)} đề nghị xem xét lại chờ anh/chị quyết định
          </Link>
        </p>
      )}
      {isEmpty ? (
        <Sheet>
          <EmptyState
            title="Không có gì chờ anh/chị xác nhận"
            action={<Link to={`/don-vi/${heading.id}`}>Về bảng theo dõi</Link>}
          >
            Trường hợp và nội dung kê khai mới của cán bộ trong đơn vị sẽ hiện ở đây.
          </EmptyState>
        </Sheet>
      ) : null}
      {questions.map(question => (
        <Sheet
          key={`${question.kind}-${question.officialId}`}
          title={`${question.rows[0]?.officialName ?? ''}: ${askSignal(question)}`}
          note={<Status tone="check" />}
        >
          <p className="small">{innocentReasons[question.kind]} Anh/chị hỏi người thực hiện trước khi xác nhận.</p>
          <ConfirmList
            choices={question.rows.map(helpChoice)}
            confirmTo={`${base}/truong-hop`}
            returnTo={`${base}/tra-lai`}
            noun="trường hợp"
            isDoubtful
          />
        </Sheet>
      ))}
      {moreQuestions === 0 ? null : (
        <p className="small">Còn {formatNumber(moreQuestions)} câu hỏi khác, hiện tiếp khi xong phần trên.</p>
      )}
      {others.count === 0 ? null : (
        <div id="truong-hop">
          <Sheet
            title={`Trường hợp đủ thông tin · ${formatNumber(others.count)}`}
            note={
              others.count > others.rows.length
                ? `${formatNumber(others.rows.length)} trường hợp ghi sớm nhất`
                : undefined
            }
          >
            <ConfirmList
              choices={others.rows.map(helpChoice)}
              confirmTo={`${base}/truong-hop`}
              returnTo={`${base}/tra-lai`}
              noun="trường hợp"
            />
          </Sheet>
        </div>
      )}
      {signals.length === 0 ? null : (
        <Sheet title="Cần hỏi lại" note="Chỉ để trao đổi, không ảnh hưởng đến kết quả xét">
          <SignalRows signals={signals} />
        </Sheet>
      )}
      {reviews.total === 0 ? null : (
        <div id="xem-lai">
          <Sheet
            title={`Nội dung bản thân cần xem lại · ${formatNumber(reviews.total)}`}
            note={reviews.total > reviews.rows.length ? `${formatNumber(reviews.rows.length)} nội dung đầu` : undefined}
          >
            <p className="small">{reviewAdvice}</p>
            <ConfirmList
              choices={reviews.rows.map(row => obligationChoice(row, endsOn))}
              confirmTo={`${base}/noi-dung`}
              returnTo={`${base}/tra-lai-noi-dung`}
              noun="nội dung"
              isDoubtful
            />
          </Sheet>
        </div>
      )}
      {obligations.total === 0 ? null : (
        <div id="ke-khai">
          <Sheet
            title={`Nội dung bản thân kê khai · ${formatNumber(obligations.total)}`}
            note={
              obligations.total > obligations.rows.length
                ? `${formatNumber(obligations.rows.length)} nội dung đầu`
                : undefined
            }
          >
            <ConfirmList
              choices={obligations.rows.map(row => obligationChoice(row, endsOn))}
              confirmTo={`${base}/noi-dung`}
              returnTo={`${base}/tra-lai-noi-dung`}
              noun="nội dung"
            />
          </Sheet>
        </div>
      )}
    </div>
  )
}

/** Shows what the action before this page did, and what it left as it was. */
function Done({ left }: { left: Loaded['left'] }) {
  const [search] = useSearchParams()
  const count = (name: string) => Number(search.get(name)) || 0
  const problem = search.get('chua-chon')
  if (problem !== null) return <Notice kind="warning">{explainProblem(problem)}</Notice>
  const verb = search.has('da-xac-nhan') ? 'Đã xác nhận' : 'Đã trả lại'
  const done = search.get('da-xac-nhan') ?? search.get('da-tra-lai')
  if (done === null) return null
  return (
    <>
      <Notice kind="success">
        {verb} {formatNumber(count(search.has('da-xac-nhan') ? 'da-xac-nhan' : 'da-tra-lai'))} mục
        {search.has('da-tra-lai') ? ' kèm lý do' : ''}.
      </Notice>
      {left.count === 0 ? null : (
        <Notice kind="warning" title={`${formatNumber(left.count)} mục được giữ nguyên`}>
          Các mục này đã được xử lý từ trước, hoặc nay không còn thuộc phần xác nhận của anh/chị.
          {left.named.length === 0 ? null : (
            <ul>
              {left.named.map(({ to, name }) => (
                <li key={to + name}>
                  <Link to={to}>{name}</Link>
                </li>
              ))}
            </ul>
          )}
        </Notice>
      )}
    </>
  )
}
