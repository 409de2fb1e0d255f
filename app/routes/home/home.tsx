import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { isRoot, type Person } from '#app/access/policy.ts'
import { daysBetween } from '#app/domain/calendar.ts'
import { campaignDay, daysLeft } from '#app/domain/pace.ts'
import { isPortalPart } from '#app/domain/portal-login.ts'
import { quickestWay } from '#app/domain/proof-way.ts'
import { nextDate } from '#app/domain/reminder.ts'
import { isBorne, partBasis } from '#app/domain/standing.ts'
import { articleOf } from '#app/domain/verdict.ts'
import { OBLIGATION_PARTS, type ObligationPart } from '#app/domain/vocabulary.ts'
import { nextOwnAssignments } from '#app/queries/assignment.server.ts'
import { campaignToChoose } from '#app/queries/campaign-choice.server.ts'
import { toldOfOfficial } from '#app/queries/citizen-right.server.ts'
import { readLeaderBoard } from '#app/queries/leader.server.ts'
import { mostAccesses } from '#app/queries/office-waiting.server.ts'
import { type findOwn, recordsToLookAt } from '#app/queries/own-waiting.server.ts'
import { findPlan } from '#app/queries/plan.server.ts'
import { provenDays } from '#app/queries/portal-login.server.ts'
import { listReminders, readKnown } from '#app/queries/reminder.server.ts'
import { unitLines } from '#app/queries/unit-waiting.server.ts'
import { citizenRightTexts } from '#app/text/citizen.ts'
import { formatAsOf, formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import { ownSentence } from '#app/text/home.ts'
import { campaignDayText } from '#app/text/leader.ts'
import { cite } from '#app/text/plan.ts'
import { proofWayTexts } from '#app/text/proof-way.ts'
import { AccessSummary } from '#app/ui/access-summary.tsx'
import { LeaderBoard } from '#app/ui/leader-board.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { NudgeNotice } from '#app/ui/nudge.tsx'
import { OwnFigures, OwnWork } from '#app/ui/own-home.tsx'
import { TaskList } from '#app/ui/task-list.tsx'
import { reads, type Visit } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Hôm nay · 4 phủ' }]

const SHOWN = 5
const ASSIGNED_SHOWN = 4
/** How long the home page tells of a citizen's right that was met. */
const RIGHT_SHOWN_MS = 14 * 86_400_000
/** Over how long openings and exports are summed up for the auditor. */
const ACCESS_MS = 7 * 86_400_000
const ACCESSES = 5

export const loader = reads(visit => {
  const { actor, campaign, regulation, at, today } = visit
  if (campaignToChoose(today) !== undefined) throw redirect('/dot/khoi-dau')
  const known = readKnown(actor, campaign.id, today)
  const { own, nudge, units } = known
  const owesReports = actor.grants.some(({ role }) => role === 'head' || role === 'coordinator')
  return {
    today,
    asOf: formatAsOf(at),
    day: campaignDayText(campaignDay(today, regulation), daysBetween(regulation.startsOn, regulation.endsOn) + 1),
    reminders: listReminders(actor, campaign.id, today, known),
    next: nextDate(today, regulation, owesReports),
    /** an official without a role sees their own figures first, everybody else what waits */
    isOwnFirst: actor.grants.length === 0,
    units: unitLines(units),
    leader: holds(actor, 'province_leader') ? readLeaderBoard(campaign.id, { regulation, today }) : undefined,
    accesses: holds(actor, 'auditor') ? mostAccesses(at - ACCESS_MS, ACCESSES) : [],
    nudge,
    own: own && ownHome(visit, own, known.open),
  }
})

const holds = ({ grants }: Person, wanted: string) =>
  grants.some(({ role, unitPath }) => role === wanted && isRoot(unitPath))

/** What an official's own part of the page shows. */
function ownHome(
  { actor, campaign, regulation, at, today }: Visit,
  { standing, unitName, sums }: NonNullable<ReturnType<typeof findOwn>>,
  open: ReturnType<typeof readKnown>['open'],
) {
  const officialId = actor.officialId ?? -1
  const plan = findPlan(campaign.id)
  return {
    standing,
    unitName,
    sentence: ownSentence(daysLeft(today, regulation), sums.state),
    endsOn: regulation.endsOn,
    hasPledged: sums.pledged !== null,
    parts: OBLIGATION_PARTS.filter(part => isBorne(standing.parts[part])),
    partNotes: partNotes(campaign.id, officialId, { standing, sums }),
    endsEarly: sums.certificateEndsOn !== null,
    toReview: (sums.toLookAt + sums.returned > 0 ? recordsToLookAt(campaign.id, officialId, SHOWN) : []).map(
      ({ verdictKind, verdictReason, ...row }) => ({
        ...row,
        verdict: { verdictKind, verdictReason, verdictOutcome: row.verdictOutcome },
        basis: cite(plan, articleOf(verdictReason, row.verdictOutcome, regulation)),
      }),
    ),
    moreToReview: Math.max(0, sums.toLookAt + sums.returned - SHOWN),
    assigned: open.assignments ? nextOwnAssignments(actor, campaign.id, ASSIGNED_SHOWN) : { count: 0, rows: [] },
    rights: open.rights ? toldOfOfficial(campaign.id, officialId, at - RIGHT_SHOWN_MS) : [],
  }
}

/** What is said below a part: the quickest way to one that is to be done, the day of the act that proved one. */
function partNotes(
  campaignId: number,
  officialId: number,
  {
    standing,
    sums: { state, means, certificateEndsOn },
  }: Pick<NonNullable<ReturnType<typeof findOwn>>, 'standing' | 'sums'>,
): Partial<Record<ObligationPart, string>> {
  const isProven = OBLIGATION_PARTS.some(part => partBasis(part, standing.parts[part]) === 'proof')
  const days = isProven ? provenDays(campaignId, officialId) : {}
  const notes = OBLIGATION_PARTS.flatMap(part => {
    // a certificate that ends too early is renewed first, as its mark says
    if (part === 'sim_signature' && certificateEndsOn !== null) return []
    if (means && state.toDo.includes(part)) return [[part, `Nhanh nhất: ${proofWayTexts[quickestWay(part, means)]}`]]
    const day = isPortalPart(part) && partBasis(part, standing.parts[part]) === 'proof' ? days[part] : undefined
    return day === undefined ? [] : [[part, `Tự chứng minh ngày ${formatDay(day)}`]]
  })
  return Object.fromEntries(notes)
}

export default function HomePage() {
  const { today, asOf, day, reminders, next, isOwnFirst, units, leader, accesses, nudge, own } =
    useLoaderData<typeof loader>()
  const tasks = <TaskList reminders={reminders} next={next} today={today} />
  return (
    <div className="stack">
      <h1 className="visually-hidden">Hôm nay</h1>
      <NudgeNotice nudge={nudge} />
      {own?.rights.map(({ helpId, kind, closedAt }) => (
        <Notice key={`${helpId}/${closedAt}`} kind="info">
          {citizenRightTexts[kind]}, {formatInstant(closedAt)}.{' '}
          <Link to={`/ho-tro/${helpId}`}>Trường hợp {helpId}</Link>
        </Notice>
      ))}
      {leader === undefined ? null : (
        <LeaderBoard {...leader} day={day} today={today}>
          {tasks}
        </LeaderBoard>
      )}
      <div className={`home${isOwnFirst ? ' home-own-first' : ''}${own ? '' : ' home-alone'}`}>
        <div className="home-tasks stack">
          {units.map(({ id, name, counted, targets, reached, bearers }) => (
            <p key={id} className="unit-line">
              <Link to={`/don-vi/${id}`}>{name}</Link>: được tính {formatNumber(counted)}/{formatNumber(targets)} người
              dân; {formatNumber(reached)}/{formatNumber(bearers)} người đã đủ chỉ tiêu.
            </p>
          ))}
          {leader === undefined ? tasks : null}
          {accesses.length === 0 ? null : <AccessSummary rows={accesses} />}
        </div>
        {own ? <OwnFigures {...own} asOf={asOf} /> : null}
        {own ? <OwnWork {...own} /> : null}
      </div>
    </div>
  )
}
