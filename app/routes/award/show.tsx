import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { ROUND_STAGES } from '#app/domain/vocabulary.ts'
import { provisionalNote, versionName } from '#app/text/closing.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { explainProblem } from '#app/text/problem.ts'
import { stageLabels } from '#app/text/round.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { ChangedCandidates } from '#app/ui/changed-candidates.tsx'
import { ChoiceList } from '#app/ui/choice-list.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { PaperGaps } from '#app/ui/paper-gaps.tsx'
import { useProvince } from '#app/ui/province.ts'
import { RoundPapers, RoundSteps, StationCounts } from '#app/ui/round-sheets.tsx'
import { RoundStatus } from '#app/ui/round-status.tsx'
import { SealedAnnexes } from '#app/ui/sealed-annexes.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { Views } from '#app/ui/views.tsx'
import { useQuery } from '../_web/params.ts'
import { reads } from '../_web/visit.server.ts'
import { roundPage } from './params.ts'
import { readRound } from './show.server.ts'

export const meta: MetaFunction = () => [{ title: 'Đợt xét · 4 phủ' }]

export const loader = reads(readRound)

export default function RoundPage() {
  const {
    round,
    changed,
    stations,
    mayPropose,
    seesPersons,
    day,
    areDrafts,
    papers,
    bundle,
    ownUnits,
    unitPapers,
    gaps,
    annexes,
  } = useLoaderData<typeof loader>()
  const base = `/khen-thuong/${round.id}`
  // from the freeze on home affairs comes for the steps and the papers, not for a list of hundreds
  const isListDone = round.mayManage && round.isFrozen
  const papersSheets = (
    <>
      <RoundSteps round={round} />
      <RoundPapers
        round={round}
        day={day}
        areDrafts={areDrafts}
        seesPersons={seesPersons}
        papers={papers}
        bundle={bundle}
        ownUnits={ownUnits}
        unitPapers={unitPapers}
      />
    </>
  )
  return (
    <div className="stack">
      <PageHeading
        title={round.name}
        note={
          <>
            {officeLabels.roundKind[round.kind]} · theo kết quả đã chốt,{' '}
            {versionName({ ...round, version: round.closingVersion }).toLowerCase()}
            {round.kind === 'review' ? '' : ` · nhận đề nghị đến hết ngày ${formatDay(round.proposalsDueOn)}`}
          </>
        }
        breadcrumbs={[{ to: '/khen-thuong', label: 'Khen thưởng' }]}
        actions={
          mayPropose ? (
            <>
              <ButtonLink to={`${base}/de-nghi`}>
                {round.kind === 'review' ? 'Thêm từ danh sách đã chốt' : 'Đề nghị từ danh sách đủ điều kiện'}
              </ButtonLink>
              {round.kind === 'review' ? null : (
                <>
                  <ButtonLink to={`${base}/de-nghi-kem-ly-do`} variant="quiet">
                    Đề nghị tập thể kèm lý do
                  </ButtonLink>
                  <ButtonLink to={`${base}/ngoai`} variant="quiet">
                    Đề nghị người ngoài danh sách
                  </ButtonLink>
                </>
              )}
            </>
          ) : undefined
        }
      />
      <Refusal />
      <p>
        <RoundStatus isFrozen={round.isFrozen} isDecided={round.isDecided} />
      </p>
      {round.isProvisional ? <Notice>{provisionalNote(round)}</Notice> : null}
      <ChangedCandidates
        roundId={round.id}
        rows={changed}
        newerVersion={round.mayManage && !round.isFrozen ? round.newerVersion : null}
      />
      {isListDone ? papersSheets : null}
      <Candidates />
      <SealedAnnexes roundId={round.id} annexes={annexes} />
      <StationCounts kind={round.kind} stations={stations} caps={round} />
      {isListDone ? null : papersSheets}
      <PaperGaps gaps={gaps} />
    </div>
  )
}

function Refusal() {
  const { refusedName } = useLoaderData<typeof loader>()
  const { refusal } = useQuery(roundPage)
  return refusal === undefined ? null : (
    <Notice kind="error" title={refusedName}>
      {explainProblem(refusal)} Chưa có hồ sơ nào thay đổi.
    </Notice>
  )
}

function Candidates() {
  const { round, filter, isRanked, rows, page, total, hasMore, groups } = useLoaderData<typeof loader>()
  const { hasDistricts } = useProvince()
  const base = `/khen-thuong/${round.id}`
  const { isOfCollectives, stage, isEnded } = filter
  const pageTo = (page?: number) => roundPage.to(base, { ...filter, page })
  const isOpen = rows.some(row => row.mayPass || row.mayReturn || row.mayDrop)
  return (
    <>
      <Views
        label="Danh sách"
        views={[
          { to: base, label: 'Cá nhân', isCurrent: !isOfCollectives && !isEnded },
          {
            to: roundPage.to(base, { isOfCollectives: true }),
            label: 'Tập thể',
            isCurrent: isOfCollectives && !isEnded,
          },
          { to: roundPage.to(base, { ...filter, isEnded: true }), label: 'Đã đưa ra hoặc thu hồi', isCurrent: isEnded },
        ]}
      />
      <FilterBar
        kept={roundPage.fields({ isOfCollectives })}
        filters={[
          {
            name: 'buoc',
            label: 'Đang ở',
            value: stage,
            options: ROUND_STAGES.map(value => ({ value, label: stageLabels(hasDistricts)[value] })),
          },
        ]}
        clearTo={stage ? base : undefined}
      />
      <Sheet
        title={isOfCollectives ? 'Tập thể' : 'Cá nhân'}
        note={
          isRanked
            ? 'Xếp theo tỷ lệ được tính; bằng nhau thì ưu tiên nữ, tập thể từ 70% nữ, rồi số đã đối chiếu, rồi hoàn thành sớm hơn'
            : round.kind === 'review'
              ? 'Theo thứ tự đưa vào danh sách'
              : 'Xếp theo thứ tự đề nghị; tệp xlsx xếp theo thứ tự xét'
        }
      >
        {rows.length === 0 ? (
          <EmptyState title="Chưa có hồ sơ nào trong phạm vi của anh/chị">
            Hồ sơ hiện ở đây khi đơn vị đề nghị hoặc được chuyển tiếp.
          </EmptyState>
        ) : !isOpen ? (
          <RowList>
            {rows.map(row => (
              <Row
                key={row.id}
                title={
                  <>
                    {row.place}. <Link to={`${base}/ho-so/${row.id}`}>{row.name}</Link>
                  </>
                }
                detail={`${row.where} · ${row.figures}`}
                aside={<span className="small">{row.state}</span>}
              />
            ))}
          </RowList>
        ) : (
          <Form method="post" action={`${base}/chuyen`}>
            <ChoiceList
              choices={rows.map(row => ({
                id: row.id,
                name: row.name,
                isFixed: !row.mayPass && !row.mayReturn && !row.mayDrop,
                title: `${row.place}. ${row.name}`,
                to: `${base}/ho-so/${row.id}`,
                detail: (
                  <>
                    {row.where} · {row.figures}
                    {row.bars.map(bar => (
                      <span key={bar} className="block strong">
                        {explainProblem(bar)}
                      </span>
                    ))}
                  </>
                ),
                aside: <span className="small">{row.state}</span>,
              }))}
            >
              <SubmitButton action={`${base}/chuyen`}>Chuyển tiếp các hồ sơ đã chọn</SubmitButton>
              <Button
                type="submit"
                variant="quiet"
                formMethod="get"
                formAction={`${base}/tra-lai`}
                name="viec"
                value="return"
              >
                Trả lại
              </Button>
              <Button
                type="submit"
                variant="quiet"
                formMethod="get"
                formAction={`${base}/tra-lai`}
                name="viec"
                value="drop"
              >
                Đưa ra khỏi danh sách
              </Button>
            </ChoiceList>
          </Form>
        )}
        {groups.map(({ stage: station, label, count }) => (
          <Form key={station} method="post" action={`${base}/chuyen-nhom`} className="actions-below">
            <input type="hidden" name="stage" value={station} />
            <input type="hidden" name="part" value={isOfCollectives ? 'collectives' : 'persons'} />
            <SubmitButton variant="quiet" action={`${base}/chuyen-nhom`}>
              Chuyển tiếp cả {formatNumber(count)} hồ sơ đang ở {label}; hồ sơ vướng mắc ở lại
            </SubmitButton>
          </Form>
        ))}
        <Pager
          label={`${formatNumber(rows.length)} trong ${formatNumber(total)} hồ sơ`}
          previousTo={page === 0 ? undefined : pageTo(page - 1 || undefined)}
          nextTo={hasMore ? pageTo(page + 1) : undefined}
        />
      </Sheet>
    </>
  )
}
