import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { cutText } from '#app/domain/letters.ts'
import { daysLeft } from '#app/domain/pace.ts'
import { listBearers } from '#app/queries/bearer.server.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { findWorklistBoard, listAssignments } from '#app/queries/worklist.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { groupMessage } from '#app/text/reminder.ts'
import { labels } from '#app/text/vocabulary.ts'
import { standingOf } from '#app/text/worklist.ts'
import { AssignmentStatus, lacksInWords } from '#app/ui/assignment-row.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import type { Choice } from '#app/ui/choice-list.tsx'
import { GroupMessage } from '#app/ui/group-message.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { BearersSheet, CitizenRows, ListDays, ListFigureRow, ListParts, ListsSheet } from '#app/ui/worklist-board.tsx'
import { WorklistFilters } from '#app/ui/worklist-filters.tsx'
import { useQuery } from '../_web/params.ts'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'
import { noteShown } from '../admin/access.server.ts'
import { listFilter, sharingPage, unitWorklist } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Phân công · 4 phủ' }]
/** Names of citizens stay out of every cache. */
export const headers = () => ({ 'Cache-Control': 'no-store' })

const MOST_FOUND = 100

export const loader = reads(async ({ actor, campaign, regulation, today }, { params, url, context }) => {
  const unitId = idOf(params.unitId)
  const heading = found(findUnitHeading(actor, campaign.id, unitId))
  const board = found(findWorklistBoard(actor, campaign.id, unitId))
  const filter = listFilter.read(url)
  const bearers = heading.allowed.share ? listBearers(actor, campaign.id, unitId) : { bearers: [], leavers: [] }
  const page = listAssignments(actor, campaign.id, {
    ...filter,
    unitPath: heading.path,
    after: unitWorklist.read(url).after,
  })
  await noteShown(actor, { what: 'worklist_page', subjectId: unitId, count: page.rows.length })
  const left = daysLeft(today, regulation)
  return {
    heading,
    board,
    filter,
    message: groupMessage('worklist', { campaign: campaign.code, left, address: context.publicUrl }),
    doneToday: board.days.find(row => row.day === today)?.done ?? 0,
    bearers: bearers.bearers
      .filter(row => row.open + row.done > 0)
      .map(({ key, name, open, done }) => ({ key, name, open, done })),
    leavers: bearers.leavers,
    rows: page.rows.map(toldOf),
    next: page.next,
  }
})

/** Returns what the list shows of one citizen, in words: nothing else goes to the browser. */
function toldOf(row: ReturnType<typeof listAssignments>['rows'][number]) {
  const { id, name, address, hamlet, unitName, lacks, state } = row
  return {
    ...{ id, name, hamlet, unitName, state },
    ...(address !== null && { address }),
    lacks: lacksInWords(lacks),
    bearer: [row.bearerName ?? 'Chưa phân công', standingOf(row)].filter(Boolean).join(' · '),
  }
}

/** Looks for a name within the list as it is narrowed. Asked by POST: a citizen's name has no place in an address. */
export const action = writes(({ actor, campaign }, { params, url, form }) => {
  const heading = found(findUnitHeading(actor, campaign.id, idOf(params.unitId)))
  const search = cutText(String(form.get('tim') ?? ''), 100)
  const { rows, next } = listAssignments(actor, campaign.id, {
    ...listFilter.read(url),
    unitPath: heading.path,
    search,
    limit: MOST_FOUND,
  })
  return { search, rows: rows.map(toldOf), hasMore: next !== null }
})

export default function UnitWorklistPage() {
  const { heading, board, doneToday, leavers, bearers, message } = useLoaderData<typeof loader>()
  const base = `/don-vi/${heading.id}/phan-cong`
  const { figures, quota, endsOn, parts, isSplitByUnit, days, lists } = board
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="worklist"
        title="Phân công"
        note="Người dân cần hỗ trợ theo danh sách của công an cấp xã, chia cho người và tổ đi từng nhà."
        actions={
          <>
            {heading.allowed.share && !isSplitByUnit && figures.unshared > 0 ? (
              <ButtonLink to={`${base}/chia`}>Chia {formatNumber(figures.unshared)} người chưa phân công</ButtonLink>
            ) : null}
            {heading.allowed.importList ? (
              <ButtonLink variant="quiet" to={`${base}/nhap`}>
                Nhập danh sách
              </ButtonLink>
            ) : null}
          </>
        }
      />
      {leavers.map(({ key, name, open }) => (
        <Notice key={key} kind="warning" title={`${name} không còn nhận việc tại đơn vị`}>
          Còn {formatNumber(open)} người dân đang giao cho người này.{' '}
          <Link to={sharingPage.to(`${base}/chia`, { from: key })}>Chia lại cho người khác</Link>
        </Notice>
      ))}
      {board.wrongNumbers > 0 ? (
        <Notice title={`${formatNumber(board.wrongNumbers)} người dân có số điện thoại sai`}>
          Người đi cơ sở đã gọi và báo sai số.{' '}
          <Link to={listFilter.to(base, { state: 'wrong_number' })}>Xem những người này</Link>; có số khác thì ghi ở
          trang của từng người.
        </Notice>
      ) : null}
      {heading.allowed.share ? <GroupMessage text={message} /> : null}
      <ListFigureRow figures={figures} quota={quota} doneToday={doneToday} endsOn={endsOn} />
      <div className="columns">
        <ListParts
          what={isSplitByUnit ? 'đơn vị' : 'ấp, khu phố'}
          parts={parts.map(part => ({
            ...part,
            to: isSplitByUnit ? `/don-vi/${part.unitId}/phan-cong` : listFilter.to(base, { hamlet: part.label }),
          }))}
        />
        <ListDays days={days} quota={quota} />
      </div>
      <Citizens />
      <BearersSheet bearers={bearers} base={base} />
      <ListsSheet lists={lists} isSplitByUnit={isSplitByUnit} />
    </div>
  )
}

/** Lines to do stand under their hamlet, or unit; what is done follows under its own word. */
function groupOf(row: ReturnType<typeof toldOf>, isSplitByUnit: boolean): string {
  if (row.state === 'done') return labels.assignmentState.done
  return isSplitByUnit ? row.unitName : row.hamlet
}

function choiceOf(row: ReturnType<typeof toldOf>, isSplitByUnit: boolean): Choice {
  return {
    id: row.id,
    name: row.name,
    title: row.name,
    to: `/phan-cong/${row.id}`,
    group: groupOf(row, isSplitByUnit),
    detail: (
      <>
        {`${[row.address, row.hamlet, isSplitByUnit ? row.unitName : ''].filter(Boolean).join(', ')} · ${row.lacks}`}
        <br />
        {row.bearer}
      </>
    ),
    aside: <AssignmentStatus state={row.state} />,
  }
}

function noteOf(count: number, sought: string, hasMore: boolean): string {
  if (sought === '') return `${formatNumber(count)} người trong trang này`
  return `${formatNumber(count)}${hasMore ? ' người đầu' : ' người'} có tên khớp với “${sought}”`
}

function Citizens() {
  const { heading, board, filter, next: nextPage, bearers, ...loaded } = useLoaderData<typeof loader>()
  const { after } = useQuery(unitWorklist)
  const answer = useActionData<typeof action>()
  const sought = answer?.search ?? ''
  const { rows } = sought === '' ? loaded : (answer ?? loaded)
  const next = sought === '' ? nextPage : null
  const base = `/don-vi/${heading.id}/phan-cong`
  const query = listFilter.to('', filter)
  const choices = rows.map(row => choiceOf(row, board.isSplitByUnit))
  return (
    <>
      <WorklistFilters
        filter={filter}
        hamlets={board.isSplitByUnit ? [] : board.parts.map(({ label }) => label)}
        bearers={bearers}
        clearTo={query === '' ? undefined : base}
      />
      <Sheet title="Người dân trong danh sách" note={noteOf(rows.length, sought, answer?.hasMore === true)}>
        <Form method="post" className="filter-bar">
          <div className="field filter-search">
            <label htmlFor="tim">Tìm theo họ tên (có dấu hoặc không)</label>
            <input
              id="tim"
              key={sought}
              type="search"
              name="tim"
              defaultValue={sought}
              autoComplete="off"
              className="control"
            />
          </div>
          <div className="actions">
            <Button type="submit" variant="quiet">
              Tìm
            </Button>
          </div>
        </Form>
        <CitizenRows
          choices={choices}
          isNarrowed={query !== '' || sought !== ''}
          base={heading.allowed.share && !board.isSplitByUnit ? base : null}
        />
        {next === null && after === undefined ? null : (
          <Pager
            label={next === null ? 'Trang cuối' : 'Còn người ở trang sau'}
            firstTo={after === undefined ? undefined : `${base}${query}`}
            nextTo={next === null ? undefined : unitWorklist.to(base, { ...filter, after: next })}
          />
        )}
        {rows.length === 0 ? null : <ListActions query={query} />}
      </Sheet>
    </>
  )
}

/** What can be done with the list as it is narrowed. */
function ListActions({ query }: { query: string }) {
  const { heading, board, filter } = useLoaderData<typeof loader>()
  const base = `/don-vi/${heading.id}/phan-cong`
  return (
    <div className="actions actions-below">
      {filter.hamlet && heading.allowed.share && !board.isSplitByUnit ? (
        <ButtonLink variant="quiet" to={sharingPage.to(`${base}/chia`, { hamlet: filter.hamlet })}>
          Chia người chưa phân công của {filter.hamlet}
        </ButtonLink>
      ) : null}
      <ButtonLink variant="quiet" to={`${base}.xlsx${query}`} reloadDocument>
        Xuất Excel
      </ButtonLink>
      <ButtonLink variant="quiet" to={`${base}/in${query}`}>
        Bản in
      </ButtonLink>
    </div>
  )
}
