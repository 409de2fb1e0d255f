import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { findTeam, listTeamOffers, searchMembers } from '#app/queries/team.server.ts'
import { listTimesheets } from '#app/queries/team-timesheet.server.ts'
import { formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { labels } from '#app/text/vocabulary.ts'
import { waitingSentence } from '#app/text/waiting.ts'
import { Button } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { found, idOf, notFound, reads } from '../_web/visit.server.ts'
import { teamPage } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Tổ · 4 phủ' }]

export const loader = reads(({ actor, campaign, regulation, today }, { params, url }) => {
  const team = found(findTeam(actor, campaign.id, idOf(params.teamId)))
  if (team.unitId !== idOf(params.unitId)) throw notFound()
  const { search, refusal } = teamPage.read(url)
  return {
    heading: found(findUnitHeading(actor, campaign.id, team.unitId)),
    team,
    today,
    startsOn: regulation.startsOn,
    timesheets: listTimesheets(actor, campaign.id, team.id),
    month: { fromOn: `${today.slice(0, 7)}-01`, toOn: today },
    search,
    refusal,
    ...searchMembers(actor, campaign.id, { teamId: team.id, search }),
    offers: listTeamOffers(actor, campaign.id, team.id),
  }
})

export default function TeamPage() {
  const { heading, team, month, refusal, timesheets } = useLoaderData<typeof loader>()
  const base = `/don-vi/${heading.id}/to/${team.id}`
  const isOpen = team.closedAt === null
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="teams"
        title={team.name}
        note={[
          labels.teamKind[team.kind],
          team.hamlet || 'cả xã',
          team.decisionNumber && `Quyết định số ${team.decisionNumber}`,
          isOpen ? '' : 'đã ngừng hoạt động',
        ]
          .filter(Boolean)
          .join(' · ')}
      />
      {refusal === undefined ? null : <Notice kind="error">{refusals[refusal] ?? explainProblem(refusal)}</Notice>}
      <Sheet
        title="Tổ viên"
        note={
          team.open > 0 ? (
            <Link to={`/don-vi/${heading.id}/phan-cong?ai=t${team.id}`}>
              {formatNumber(team.open)} người dân cần hỗ trợ
            </Link>
          ) : undefined
        }
      >
        {team.members.length === 0 ? (
          <EmptyState title="Chưa có tổ viên">Anh/chị tìm người theo họ tên ở dưới.</EmptyState>
        ) : (
          <RowList>
            {team.members.map(member => (
              <Row
                key={`${member.officialId} ${member.fromOn}`}
                title={member.name}
                detail={[
                  member.isLeader ? 'Tổ trưởng' : '',
                  member.unitName,
                  `từ ${formatDay(member.fromOn)}${member.toOn === null ? '' : ` đến ${formatDay(member.toOn)}`}`,
                  member.isPaid ? 'hưởng lương từ ngân sách, không chấm công' : '',
                ]
                  .filter(Boolean)
                  .join(' · ')}
                aside={
                  member.toOn === null ? (
                    <Confirm
                      label="Thôi"
                      question={`Để ${member.name} thôi làm tổ viên?`}
                      consequence="Hôm nay là ngày cuối ở tổ; từ ngày mai không còn thấy người dân phân công cho tổ. Anh/chị có thể thêm lại từ ngày mai."
                      action={`${base}/thoi`}
                      confirmLabel="Thôi làm tổ viên"
                    >
                      <input type="hidden" name="officialId" value={member.officialId} />
                      <input type="hidden" name="fromOn" value={member.fromOn} />
                    </Confirm>
                  ) : undefined
                }
              />
            ))}
          </RowList>
        )}
      </Sheet>
      <Offers />
      {isOpen ? <NewMember base={base} /> : null}
      <Sheet title="Bảng chấm công" note="cho tổ viên không hưởng lương từ ngân sách">
        <Form method="get" action={`${base}/cham-cong.xlsx`} reloadDocument className="filter-bar">
          <div className="field">
            <label htmlFor="tu">Từ ngày</label>
            <input id="tu" type="date" name="tu" defaultValue={month.fromOn} required className="control" />
          </div>
          <div className="field">
            <label htmlFor="den">Đến ngày</label>
            <input id="den" type="date" name="den" defaultValue={month.toOn} required className="control" />
          </div>
          <div className="actions">
            <Button type="submit" variant="quiet">
              Tải bảng chấm công
            </Button>
          </div>
        </Form>
        {timesheets.length === 0 ? null : (
          <details className="disclosure">
            <summary>{formatNumber(timesheets.length)} bảng đã tải, giữ nguyên số liệu lúc tải</summary>
            <RowList>
              {timesheets.map(row => (
                <Row
                  key={row.id}
                  title={
                    <Link to={`${base}/cham-cong/${row.id}.xlsx`} reloadDocument>
                      Từ {formatDay(row.fromOn)} đến {formatDay(row.toOn)}
                    </Link>
                  }
                  detail={`${row.exportedBy} tải ${formatInstant(row.exportedAt)}`}
                />
              ))}
            </RowList>
          </details>
        )}
      </Sheet>
      {isOpen ? (
        <Confirm
          label="Ngừng hoạt động"
          question={`Ngừng hoạt động ${team.name}?`}
          consequence="Người dân đang phân công cho tổ được chia lại cho người khác. Anh/chị có thể mở lại."
          action={`${base}/dong`}
        />
      ) : (
        <Form method="post" action={`${base}/dong`}>
          <input type="hidden" name="mo" value="1" />
          <SubmitButton variant="quiet" action={`${base}/dong`}>
            Mở lại tổ
          </SubmitButton>
        </Form>
      )}
    </div>
  )
}

/** Those invited from other units who have not answered: by code, without a name. */
function Offers() {
  const { offers } = useLoaderData<typeof loader>()
  if (offers.length === 0) return null
  return (
    <Sheet title="Đã mời, chờ trả lời" note="Họ tên hiện khi người ấy hoặc đơn vị của họ đồng ý">
      <RowList>
        {offers.map(({ id, code, fromOn, ...term }) => (
          <Row
            key={id}
            title={`Mã ${code}`}
            detail={`từ ${formatDay(fromOn)}. ${waitingSentence({ whom: 'người ấy hoặc đơn vị của họ', ...term })}`}
            aside={
              <Form method="post" action={`/loi-moi/${id}/rut`}>
                <SubmitButton variant="quiet" action={`/loi-moi/${id}/rut`}>
                  Rút lời mời
                </SubmitButton>
              </Form>
            }
          />
        ))}
      </RowList>
    </Sheet>
  )
}

const refusals: Record<string, string> = {
  already_granted: 'Người này đã là tổ viên trong thời gian đó.',
  unit_closed: 'Tổ đã ngừng hoạt động. Anh/chị mở lại tổ trước.',
}

function NewMember({ base }: { base: string }) {
  const { search, candidates, isSpent, today, startsOn } = useLoaderData<typeof loader>()
  return (
    <Sheet title="Thêm tổ viên" note="người của đơn vị khác thì mời bằng mã cán bộ">
      <div className="stack">
        <FilterBar
          search={{ name: 'tim', label: 'Tìm cán bộ theo họ tên hoặc mã', value: search }}
          clearTo={search === '' ? undefined : base}
        />
        {search === '' ? null : candidates.length === 0 ? (
          <EmptyState title={isSpent ? 'Hôm nay đã tìm đủ 20 lần ngoài đơn vị' : 'Không có ai khớp'}>
            {isSpent
              ? 'Mai anh/chị tiếp tục giúp, hoặc tìm người trong đơn vị theo họ tên.'
              : 'Anh/chị nhập ít nhất hai chữ của họ tên người trong đơn vị, hoặc đúng mã cán bộ của người ở đơn vị khác.'}
          </EmptyState>
        ) : (
          <Form method="post" action={`${base}/thanh-vien`} className="stack">
            <fieldset className="field">
              <legend>Chọn người</legend>
              {candidates.map(person => (
                <label key={person.officialId} className="choice">
                  <input type="radio" name="officialId" value={person.officialId} required />
                  <span>
                    {person.name ?? `Mời người có mã ${person.code}`}
                    <span className="hint">
                      {person.name === null
                        ? 'Ở đơn vị khác: họ tên hiện khi người ấy hoặc đơn vị của họ đồng ý'
                        : [person.position, person.unitName].filter(Boolean).join(' · ')}
                    </span>
                  </span>
                </label>
              ))}
            </fieldset>
            <div className="field-pair">
              <div className="field">
                <label htmlFor="fromOn">Từ ngày</label>
                <input
                  id="fromOn"
                  type="date"
                  name="fromOn"
                  defaultValue={today}
                  min={startsOn}
                  required
                  className="control control-short"
                />
              </div>
              <div className="field">
                <label htmlFor="toOn">Đến ngày (có thể để trống)</label>
                <input id="toOn" type="date" name="toOn" className="control control-short" />
              </div>
            </div>
            <label className="choice">
              <input type="checkbox" name="isLeader" />
              <span>Là tổ trưởng</span>
            </label>
            <label className="choice">
              <input type="checkbox" name="isPaid" />
              <span>Hưởng lương từ ngân sách (không chấm công)</span>
            </label>
            <SubmitButton action={`${base}/thanh-vien`}>
              {candidates.every(({ name }) => name === null) ? 'Mời' : 'Thêm tổ viên'}
            </SubmitButton>
          </Form>
        )}
      </div>
    </Sheet>
  )
}
