import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import type { ComponentProps } from 'react'
import { can } from '#app/access/policy.ts'
import type { Day } from '#app/domain/calendar.ts'
import { grouped } from '#app/domain/grouping.ts'
import { peopleFiguresOf } from '#app/queries/aggregate.server.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { listHeldElsewhere } from '#app/queries/confirmer.server.ts'
import { mayUndoConfirming } from '#app/queries/confirming-undo.server.ts'
import { openDisputes } from '#app/queries/dispute.server.ts'
import { listToConfirm, waitingHelp } from '#app/queries/help-list.server.ts'
import { secondsOf } from '#app/queries/independence.server.ts'
import { listCommunes } from '#app/queries/locality.server.ts'
import { listWaitingObligations } from '#app/queries/obligation.server.ts'
import { findUnitSignals } from '#app/queries/signal.server.ts'
import { capitalize } from '#app/text/board.ts'
import { formatNumber } from '#app/text/format.ts'
import { reviewAdvice } from '#app/text/obligation.ts'
import { askSignal, innocentReasons } from '#app/text/signal.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { ConfirmList } from '#app/ui/choice-list.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { HeldElsewhere } from '#app/ui/held-elsewhere.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { SignalRows } from '#app/ui/signal-rows.tsx'
import { Status } from '#app/ui/status.tsx'
import { useTerms } from '#app/ui/terms.ts'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { found, idOf, notFound, reads, type Visit } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'
import { obligationChoice, readLine, useHelpChoice } from './choices.tsx'
import { readChanged, readLeft } from './left-behind.server.ts'
import { helpLine, obligationLine } from './lines.server.ts'
import { queuePage } from './params.ts'
import { Left, Undo, Waiting } from './queue-parts.tsx'

export const meta: MetaFunction = () => [{ title: 'Chờ xác nhận · 4 phủ' }]

/** The lines of a page. */
const PAGE = 50
/** With less room than that beside the records, what people declare of themselves has its own page alone. */
const LEAST_ROOM = 6

type Heading = NonNullable<ReturnType<typeof findUnitHeading>>

export const loader = reads(async (visit, { params, url }) => {
  const { actor, campaign, regulation, terms, today } = visit
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  if (!heading.allowed.confirm && !heading.allowed.confirmLast) throw notFound()
  const { officialId, undo, undoParts, part } = queuePage.read(url)
  const act = undone({ undo, undoParts })
  const seconds = secondsOf()
  const help = part === undefined ? await readHelp(visit, { heading, url, seconds }) : null
  const changed = readChanged(actor, campaign.id, url)
  const communeOf = changed.some(row => row.changed.length > 0) ? communesOn(today) : String
  const isFirst = part === undefined && officialId === undefined
  return {
    heading,
    part: part ?? null,
    required: regulation.requiredOutcomes,
    officialId: officialId ?? null,
    help,
    declared:
      part === 'people' || officialId !== undefined || (help !== null && roomBeside(help) === 0)
        ? null
        : readDeclared(visit, { heading, url, help, seconds }),
    signals: part === 'people' ? findUnitSignals(actor, campaign.id, heading) : [],
    asksOfPeople: isFirst && can(actor, 'signal.view', { unitPath: heading.path, guardPath: heading.guardPath }),
    // the sum is of everybody's: what there is for this reader its own page says
    declaredElsewhere: isFirst && help !== null && roomBeside(help) === 0 && awaitingParts(campaign.id, heading.id) > 0,
    endsOn: regulation.endsOn,
    held: isFirst ? listHeldElsewhere(actor, campaign.id, heading.path, seconds) : { total: 0, rows: [] },
    left: readLeft(actor, campaign.id, url, terms),
    undo: act !== null && mayUndoConfirming(actor, campaign.id, act, Date.now()) ? act : null,
    changed: changed.map(row =>
      helpLine(row, { names: terms.names, required: regulation.requiredOutcomes, communeOf }),
    ),
    disputes: isFirst ? (openDisputes(actor, campaign.id).find(row => row.unitId === heading.id)?.due.length ?? 0) : 0,
  }
})

type Place = { heading: Heading; url: URL; seconds: ReturnType<typeof secondsOf> }

/** The records of one page: questions of one kind together, then what citizens affirmed, then the others. */
async function readHelp({ actor, campaign, regulation, terms, today }: Visit, { heading, url, seconds }: Place) {
  const { officialId, page = 1 } = queuePage.read(url)
  const { total, isCutOff, pages, questions, affirmed, others, ...at } = waitingHelp(
    actor,
    campaign.id,
    { unitPath: heading.path, officialId, page: { number: page, size: PAGE } },
    seconds,
  )
  const required = regulation.requiredOutcomes
  const shown = [...questions.flatMap(question => question.shown), ...affirmed, ...others]
  const rows = new Map(listToConfirm(actor, campaign.id, shown, seconds).map(row => [row.id, row]))
  await noteShown(actor, { what: 'help_queue', subjectId: heading.id, count: rows.size })
  const communeOf = [...rows.values()].some(row => row.changed.length > 0) ? communesOn(today) : String
  const linesOf = (helpIds: readonly number[], isAffirmed = false) =>
    helpIds
      .flatMap(id => rows.get(id) ?? [])
      .map(row => helpLine(row, { names: terms.names, required, communeOf, isAffirmed }))
  return {
    total,
    isCutOff,
    page: at.page,
    pages,
    questions: [...grouped(questions, ({ kind }) => kind)]
      .map(([kind, asked]) => ({
        kind,
        asked: asked.map(question => ({
          ask: askSignal(question),
          handled: Math.max(0, question.figures.count - question.helpIds.length),
          elsewhere: question.helpIds.length - question.shown.length,
          rows: linesOf(question.shown),
        })),
      }))
      .filter(({ asked }) => asked.some(({ rows }) => rows.length > 0)),
    affirmed: linesOf(affirmed, true),
    others: linesOf(others),
  }
}

const awaitingParts = (campaignId: number, unitId: number) =>
  peopleFiguresOf(campaignId, 'unit', [String(unitId)])[0]?.awaiting ?? 0

/** What people declare of themselves: as much as has room beside all records, or a page of its own. */
function readDeclared(
  { actor, campaign, regulation, terms }: Visit,
  { heading, url, help, seconds }: Place & { help: Awaited<ReturnType<typeof readHelp>> | null },
) {
  const { page = 1 } = queuePage.read(url)
  const [from, room] = help === null ? [(page - 1) * PAGE, PAGE] : [0, roomBeside(help)]
  const listed = (waits: 'declared' | 'review', from: number, limit: number) => {
    const asked = { unitPath: heading.path, waits, from: Math.max(0, from), limit: Math.max(0, limit) }
    const { rows, ...counts } = listWaitingObligations(actor, campaign.id, asked, seconds)
    return { ...counts, rows: rows.map(row => obligationLine(row, terms.names, regulation.endsOn)) }
  }
  const reviews = listed('review', from, room)
  const obligations = listed('declared', from - reviews.total, room - reviews.rows.length)
  const pages = Math.max(1, Math.ceil((reviews.total + obligations.total) / PAGE))
  return { reviews, obligations, page: help === null ? page : 0, pages }
}

/** Lines for what people declare, on the page of these records; 0: they have a page of their own. */
function roomBeside({ total, pages }: { total: number; pages: number }): number {
  const room = pages > 1 ? 0 : PAGE - total
  return room < LEAST_ROOM ? 0 : room
}

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

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>
type HelpLoaded = NonNullable<Loaded['help']>

export default function QueuePage() {
  const loaded = useLoaderData<typeof loader>()
  const { heading, part, officialId, help, declared, signals, endsOn } = loaded
  const { left, undo, held, disputes } = loaded
  const base = `/don-vi/${heading.id}/xac-nhan`
  const place = { part: part ?? undefined, officialId: officialId ?? undefined, page: help?.page ?? declared?.page }
  const here = placeOf(place)
  const at = (path: string) => queuePage.to(`${base}${path}`, here)
  const kept = queuePage.fields(here)
  const ofHelp: OfHelp = { noun: 'trường hợp', confirmTo: at('/truong-hop'), returnTo: `${base}/tra-lai`, kept }
  const ofParts: OfHelp = {
    noun: 'nội dung',
    confirmTo: at('/noi-dung'),
    returnTo: `${base}/tra-lai-noi-dung`,
    kept,
  }
  const toPage = (page: number) => queuePage.to(base, placeOf({ ...here, page }))
  const waits = declared === null ? 0 : declared.reviews.total + declared.obligations.total
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="confirm"
        title={part === 'people' ? 'Cần hỏi lại' : 'Chờ xác nhận'}
        note={noteOf(loaded)}
        actions={
          part === null && officialId === null ? undefined : (
            <ButtonLink variant="quiet" to={base}>
              {part === null ? 'Xem tất cả' : 'Về các trường hợp'}
            </ButtonLink>
          )
        }
      />
      {undo === null ? null : <Undo key={undo.count} {...undo} action={at('/hoan-tac')} />}
      <Left left={left} />
      <Changed {...loaded} list={ofHelp} />
      <Disputes unitId={heading.id} count={disputes} />
      {part === 'people' || (help?.total ?? 0) + waits > 0 ? null : <Empty unitId={heading.id} />}
      {help === null ? null : (
        <>
          <HelpSheets help={help} required={loaded.required} list={ofHelp} />
          <Pages {...help} noun="trường hợp" toPage={toPage} />
        </>
      )}
      {declared === null ? null : (
        <DeclaredSheets declared={declared} list={ofParts} to={queuePage.to(base, { part: 'obligations' })} />
      )}
      {part === 'obligations' && declared !== null ? (
        <Pages {...declared} total={waits} noun="nội dung" toPage={toPage} />
      ) : null}
      {part === 'people' ? (
        <Sheet note="Chỉ để trao đổi, không ảnh hưởng đến kết quả xét">
          {signals.length === 0 ? <p>Chưa có gì cần hỏi lại.</p> : <SignalRows signals={signals} />}
        </Sheet>
      ) : null}
      <More {...loaded} base={base} />
      <HeldElsewhere unitId={heading.id} endsOn={endsOn} {...held} />
    </div>
  )
}

function Disputes({ unitId, count }: { unitId: number; count: number }) {
  return count === 0 ? null : (
    <p>
      <Link to={`/don-vi/${unitId}/tranh-chap`}>{formatNumber(count)} đề nghị xem xét lại chờ anh/chị quyết định</Link>
    </p>
  )
}

/** What has a page of its own. */
function More({ declaredElsewhere, asksOfPeople, base }: Loaded & { base: string }) {
  return (
    <>
      {declaredElsewhere ? (
        <p>
          <Link to={queuePage.to(base, { part: 'obligations' })}>Nội dung bản thân chờ xác nhận</Link>
        </p>
      ) : null}
      {asksOfPeople ? (
        <p>
          <Link to={queuePage.to(base, { part: 'people' })}>Điều cần hỏi lại về người trong đơn vị</Link>
        </p>
      ) : null}
    </>
  )
}

function Empty({ unitId }: { unitId: number }) {
  return (
    <Sheet>
      <EmptyState
        title="Không có gì chờ anh/chị xác nhận"
        action={<Link to={`/don-vi/${unitId}`}>Về bảng theo dõi</Link>}
      >
        Trường hợp và nội dung kê khai mới của cán bộ trong đơn vị sẽ hiện ở đây.
      </EmptyState>
    </Sheet>
  )
}

/** What was written again since the page was opened, as it is now. */
function Changed({ changed, required, list }: Pick<Loaded, 'changed' | 'required'> & { list: OfHelp }) {
  const helpChoice = useHelpChoice(required.length)
  return changed.length === 0 ? null : (
    <Sheet title="Đã sửa sau khi anh/chị mở trang" note={<Status tone="check">Chưa xử lý</Status>}>
      <p className="small">Nội dung mới ở dưới đây. Anh/chị xem lại rồi xác nhận hoặc trả lại.</p>
      <ConfirmList {...list} choices={changed.map(helpChoice)} isDoubtful />
    </Sheet>
  )
}

type At = Parameters<typeof queuePage.to>[1]
type OfHelp = Pick<ComponentProps<typeof ConfirmList>, 'noun' | 'confirmTo' | 'returnTo' | 'kept'>

/** A place in the queue as its address has it: nothing for what the first page has anyway. */
const placeOf = ({ page, ...place }: At): At =>
  Object.fromEntries(
    Object.entries({ ...place, page: page !== undefined && page > 1 ? page : undefined }).filter(
      ([, value]) => value !== undefined,
    ),
  )

function noteOf({ part, officialId, help, declared }: Loaded): string {
  if (part === 'people') return 'Câu hỏi về từng người, theo mọi trường hợp của người ấy.'
  const more = (list: { total: number; isCutOff: boolean }) =>
    `${list.isCutOff ? 'ít nhất ' : ''}${formatNumber(list.total)}`
  const records = help === null ? [] : [`${more(help)} trường hợp`]
  const parts =
    declared === null
      ? null
      : {
          total: declared.reviews.total + declared.obligations.total,
          isCutOff: declared.reviews.isCutOff || declared.obligations.isCutOff,
        }
  const own = parts === null || officialId !== null ? [] : [`${more(parts)} nội dung bản thân`]
  return `${capitalize([...records, ...own].join(', '))}. Việc của chính anh/chị và việc do cấp trên xác nhận không nằm trong danh sách này.`
}

/** Where a list is paged: which lines are shown of how many, and the way to the others. */
function Pages({
  page,
  pages,
  total,
  noun,
  toPage,
}: {
  page: number
  pages: number
  total: number
  noun: string
  toPage: (page: number) => string
}) {
  if (pages < 2) return null
  const [from, to] = [(page - 1) * PAGE + 1, Math.min(page * PAGE, total)].map(line => formatNumber(line))
  return (
    <Pager
      label={`Trang ${formatNumber(page)}/${formatNumber(pages)}: ${noun} ${from}–${to} trong ${formatNumber(total)}`}
      {...(page > 2 && { firstTo: toPage(1) })}
      {...(page > 1 && { previousTo: toPage(page - 1) })}
      {...(page < pages && { nextTo: toPage(page + 1) })}
    />
  )
}

function HelpSheets({
  help: { total, affirmed, others, questions },
  required,
  list,
}: { help: HelpLoaded; list: OfHelp } & Pick<Loaded, 'required'>) {
  const { names } = useTerms()
  const helpChoice = useHelpChoice(required.length)
  const isWhole = affirmed.length + others.length === total
  return (
    <>
      {total === 0 ? null : (
        <p className="small">{`Đủ ${formatNumber(required.length)} nội dung: ${required.map(outcome => names.outcome[outcome]).join('; ')}.`}</p>
      )}
      {questions.map(question => (
        <Question key={question.kind} {...question} toChoice={helpChoice} list={list} />
      ))}
      <Waiting
        {...list}
        id="nguoi-dan-xac-nhan"
        title="Người dân đã xác nhận đúng"
        total={isWhole ? affirmed.length : undefined}
        choices={affirmed.map(helpChoice)}
      />
      <Waiting
        {...list}
        id="truong-hop"
        title="Trường hợp đủ thông tin"
        total={isWhole ? others.length : undefined}
        choices={others.map(helpChoice)}
      />
    </>
  )
}

/** Questions of one kind, each with its lines: their records are confirmed one by one, after asking. */
function Question({
  kind,
  asked,
  toChoice,
  list,
}: HelpLoaded['questions'][number] & { toChoice: ReturnType<typeof useHelpChoice>; list: OfHelp }) {
  const sum = (key: 'handled' | 'elsewhere') => asked.reduce((all, question) => all + question[key], 0)
  const [handled, elsewhere] = [sum('handled'), sum('elsewhere')]
  const named = asked.map(({ ask, rows }) => ({
    name: `${rows[0] === undefined ? '' : readLine(rows[0]).by}: ${ask}`,
    rows,
  }))
  const isOne = named.length === 1
  return (
    <Sheet
      title={isOne ? named[0]?.name : `Hỏi lại trước khi xác nhận · ${formatNumber(named.length)} người`}
      note={<Status tone="check" />}
    >
      <p className="small">
        {innocentReasons[kind]} Anh/chị hỏi người thực hiện trước khi xác nhận.
        {handled > 0 ? ` ${formatNumber(handled)} trường hợp trong số này đã được xử lý hoặc đã rút.` : null}
        {elsewhere > 0 ? ` ${formatNumber(elsewhere)} trường hợp ở trang khác.` : null}
      </p>
      <ConfirmList
        {...list}
        choices={named.flatMap(({ name, rows }) =>
          rows.map(line => ({ ...toChoice(line), ...(isOne ? {} : { group: name }) })),
        )}
        isGrouped={!isOne}
        isDoubtful
      />
    </Sheet>
  )
}

/** What people declare of themselves; `to` leads to the whole list where this page has only the first. */
function DeclaredSheets({
  declared: { reviews, obligations, page },
  list,
  to,
}: {
  declared: NonNullable<Loaded['declared']>
  list: OfHelp
  to: string
}) {
  const total = reviews.total + obligations.total
  return (
    <>
      <Waiting
        {...list}
        id="xem-lai"
        title="Nội dung bản thân cần xem lại"
        total={reviews.total}
        choices={reviews.rows.map(obligationChoice)}
        isDoubtful
      >
        <p className="small">{reviewAdvice}</p>
      </Waiting>
      <Waiting
        {...list}
        id="ke-khai"
        title="Nội dung bản thân kê khai"
        total={obligations.total}
        choices={obligations.rows.map(obligationChoice)}
      />
      {page > 0 || total === reviews.rows.length + obligations.rows.length ? null : (
        <p>
          <Link to={to}>Xem cả {formatNumber(total)} nội dung bản thân</Link>
        </p>
      )}
    </>
  )
}
