import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import type { Day } from '#app/domain/calendar.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listHeldElsewhere } from '#app/queries/confirmer.server.ts'
import { mayUndoConfirming } from '#app/queries/confirming-undo.server.ts'
import { openDisputes } from '#app/queries/dispute.server.ts'
import { listToConfirm, waitingHelp } from '#app/queries/help-list.server.ts'
import { listCommunes } from '#app/queries/locality.server.ts'
import { listWaitingObligations } from '#app/queries/obligation.server.ts'
import { findUnitSignals } from '#app/queries/signal.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { reviewAdvice } from '#app/text/obligation.ts'
import { askSignal, innocentReasons } from '#app/text/signal.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { ConfirmList } from '#app/ui/choice-list.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { HeldElsewhere } from '#app/ui/held-elsewhere.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { SignalRows } from '#app/ui/signal-rows.tsx'
import { Status } from '#app/ui/status.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { found, idOf, notFound, reads } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'
import { helpChoice, obligationChoice } from './choices.tsx'
import { readChanged, readLeft } from './left-behind.server.ts'
import { helpLine, obligationLine } from './lines.server.ts'
import { queuePage } from './params.ts'
import { Left, Undo, Waiting } from './queue-parts.tsx'

export const meta: MetaFunction = () => [{ title: 'Chờ xác nhận · 4 phủ' }]

const QUESTIONS = 5
/** The most lines on the page; what is left comes when those are dealt with. */
const PAGE = 24
/** The same for one person's records, which somebody asked for and looks through. */
const PAGE_OF_ONE = 50
/** Of these, so many for what people declare of themselves, where more records wait than there is room for. */
const OBLIGATIONS = 6

export const loader = reads(async ({ actor, campaign, regulation, terms, today }, { params, url }) => {
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  if (!heading.allowed.confirm && !heading.allowed.confirmLast) throw notFound()
  const { officialId, undo, undoParts } = queuePage.read(url)
  const { total, isCutOff, questions, affirmed, others } = waitingHelp(actor, campaign.id, {
    unitPath: heading.path,
    officialId,
  })
  const declared = (waits: 'declared' | 'review') =>
    officialId === undefined
      ? listWaitingObligations(actor, campaign.id, { unitPath: heading.path, waits, limit: PAGE })
      : { total: 0, rows: [] }
  const ofPeople = { reviews: declared('review'), obligations: declared('declared') }
  const most = officialId === undefined ? PAGE : PAGE_OF_ONE
  const room = Math.max(most - ofPeople.reviews.total - ofPeople.obligations.total, most - OBLIGATIONS)
  const asked = questions.slice(0, QUESTIONS)
  const first = asked
    .flatMap(({ helpIds }) => helpIds)
    .concat(affirmed, others)
    .slice(0, room)
  const rows = new Map(listToConfirm(actor, campaign.id, first).map(row => [row.id, row]))
  const changed = readChanged(actor, campaign.id, url)
  const communeOf = [...rows.values(), ...changed].some(row => row.changed.length > 0) ? communesOn(today) : String
  const lineOf = (row: (typeof changed)[number]) => helpLine(row, terms.names, communeOf)
  const linesOf = (helpIds: readonly number[]) => helpIds.flatMap(id => rows.get(id) ?? []).map(lineOf)
  const shown = asked
    .map(question => ({
      kind: question.kind,
      officialId: question.officialId,
      ask: askSignal(question),
      count: question.figures.count,
      waiting: question.helpIds.length,
      rows: linesOf(question.helpIds),
    }))
    .filter(question => question.rows.length > 0)
  await noteShown(actor, { what: 'help_queue', subjectId: heading.id, count: rows.size })
  const left = Math.max(0, most - rows.size)
  const act = undone({ undo, undoParts })
  const shownOf = ({ total, rows }: (typeof ofPeople)['reviews'], most: number) => ({
    total,
    rows: rows.slice(0, most).map(row => obligationLine(row, terms.names, regulation.endsOn)),
  })
  const reviews = shownOf(ofPeople.reviews, left)
  return {
    heading,
    isOfOne: officialId !== undefined,
    total,
    isCutOff,
    questions: shown,
    moreQuestions: questions.length - shown.length,
    affirmed: { count: affirmed.length, rows: linesOf(affirmed) },
    others: { count: others.length, rows: linesOf(others) },
    obligations: shownOf(ofPeople.obligations, left - reviews.rows.length),
    reviews,
    signals: officialId === undefined ? findUnitSignals(actor, campaign.id, heading) : [],
    endsOn: regulation.endsOn,
    held: officialId === undefined ? listHeldElsewhere(actor, campaign.id, heading.path) : { total: 0, rows: [] },
    left: readLeft(actor, campaign.id, url, terms),
    undo: act !== null && mayUndoConfirming(actor, campaign.id, act, Date.now()) ? act : null,
    changed: changed.map(lineOf),
    disputes: openDisputes(actor, campaign.id).find(row => row.unitId === heading.id)?.due.length ?? 0,
  }
})

/** The act before this page, as its address says; null: none. */
function undone({ undo, undoParts }: { undo?: number; undoParts?: number }) {
  if (undo !== undefined) return { kind: 'help' as const, count: undo }
  return undoParts === undefined ? null : { kind: 'obligation' as const, count: undoParts }
}

/** Names of communes by their code. */
function communesOn(today: Day): (code: string) => string {
  const names = new Map(
    listCommunes(today).flatMap(({ communes }) => communes.map(({ code, name }) => [code, name] as const)),
  )
  return code => names.get(code) ?? code
}

export default function QueuePage() {
  const {
    heading,
    isOfOne,
    total,
    isCutOff,
    questions,
    moreQuestions,
    affirmed,
    others,
    obligations,
    reviews,
    signals,
    endsOn,
    left,
    undo,
    changed,
    held,
    disputes,
  } = useLoaderData<typeof loader>()
  const base = `/don-vi/${heading.id}/xac-nhan`
  const ofObligations = {
    noun: 'nội dung',
    more: 'nội dung đầu',
    confirmTo: `${base}/noi-dung`,
    returnTo: `${base}/tra-lai-noi-dung`,
  }
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
      {undo === null ? null : <Undo key={undo.count} {...undo} action={`${base}/hoan-tac`} />}
      <Left left={left} />
      {changed.length === 0 ? null : (
        <Sheet title="Đã sửa sau khi anh/chị mở trang" note={<Status tone="check">Chưa xử lý</Status>}>
          <p className="small">Nội dung mới ở dưới đây. Anh/chị xem lại rồi xác nhận hoặc trả lại.</p>
          <ConfirmList
            choices={changed.map(helpChoice)}
            confirmTo={`${base}/truong-hop`}
            returnTo={`${base}/tra-lai`}
            noun="trường hợp"
            isDoubtful
          />
        </Sheet>
      )}
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
          title={`${question.rows[0]?.by ?? ''}: ${question.ask}`}
          note={<Status tone="check" />}
        >
          <p className="small">
            {innocentReasons[question.kind]} Anh/chị hỏi người thực hiện trước khi xác nhận.
            {question.count > question.waiting
              ? ` ${formatNumber(question.count - question.waiting)} trường hợp trong số này đã được xử lý hoặc đã rút.`
              : null}
            {question.waiting > question.rows.length
              ? ` ${formatNumber(question.waiting - question.rows.length)} trường hợp hiện tiếp khi xong phần trên.`
              : null}
          </p>
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
      <Waiting
        id="nguoi-dan-xac-nhan"
        title="Người dân đã xác nhận đúng"
        noun="trường hợp"
        more="trường hợp ghi sớm nhất"
        total={affirmed.count}
        choices={affirmed.rows.map(helpChoice)}
        confirmTo={`${base}/truong-hop`}
        returnTo={`${base}/tra-lai`}
      />
      <Waiting
        id="truong-hop"
        title="Trường hợp đủ thông tin"
        noun="trường hợp"
        more="trường hợp ghi sớm nhất"
        total={others.count}
        choices={others.rows.map(helpChoice)}
        confirmTo={`${base}/truong-hop`}
        returnTo={`${base}/tra-lai`}
      />
      {signals.length === 0 ? null : (
        <Sheet title="Cần hỏi lại" note="Chỉ để trao đổi, không ảnh hưởng đến kết quả xét">
          <SignalRows signals={signals} />
        </Sheet>
      )}
      <Waiting
        {...ofObligations}
        id="xem-lai"
        title="Nội dung bản thân cần xem lại"
        total={reviews.total}
        choices={reviews.rows.map(obligationChoice)}
        isDoubtful
      >
        <p className="small">{reviewAdvice}</p>
      </Waiting>
      <Waiting
        {...ofObligations}
        id="ke-khai"
        title="Nội dung bản thân kê khai"
        total={obligations.total}
        choices={obligations.rows.map(obligationChoice)}
      />
      <HeldElsewhere unitId={heading.id} endsOn={endsOn} {...held} />
    </div>
  )
}
