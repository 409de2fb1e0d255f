import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { type Actor, canSomewhere } from '#app/access/policy.ts'
import { CATEGORIES, type OfficialResult } from '#app/domain/vocabulary.ts'
import { scopeUnits } from '#app/queries/aggregate.server.ts'
import { countFrozenOfficials, listFrozenOfficials } from '#app/queries/closing.server.ts'
import { liveResult } from '#app/queries/collective-assessment.server.ts'
import { guardedUnits } from '#app/queries/frozen-figures.server.ts'
import { type AssessedOfficial, countAssessments, listAssessments } from '#app/queries/official-assessment.server.ts'
import {
  explainMoves,
  formerUnitNote,
  isFrozenVersion,
  OFFICIAL_LISTS,
  officialLabels,
  officialPreviewLabels,
  previewNote,
} from '#app/text/assessment.ts'
import { formatAsOf, formatNumber } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { AssessmentList, Readings } from '#app/ui/assessment-list.tsx'
import { GuardedUnits } from '#app/ui/guarded-units.tsx'
import { NO_SCRIPT } from '#app/ui/page-handle.ts'
import { OfficialResultStatus } from '#app/ui/result-status.tsx'
import { reads } from '../_web/visit.server.ts'
import { chooseClosing, frameOf, PAGE, readOfficials } from './list.server.ts'
import { officialList } from './params.ts'

export const handle = NO_SCRIPT
export const meta: MetaFunction = () => [{ title: 'Đánh giá cá nhân · 4 phủ' }]

const PATH = '/danh-gia'

export const loader = reads((visit, { url }) => {
  const { actor, campaign } = visit
  const seesCollectives = canSomewhere(actor, 'assessment.view_units')
  if (scopeUnits(actor, 'assessment.view').length === 0 && seesCollectives) throw redirect(`${PATH}/tap-the`)
  const { filter, place, after, version } = readOfficials(visit, url)
  const chosen = chooseClosing(visit, { version })
  const page = { ...filter, after, limit: PAGE }
  return {
    ...place,
    ...frameOf(visit, chosen),
    ...(chosen.closing ? frozen(visit, chosen.closing.id, page) : live(visit, page)),
    guarded: guardedUnits(actor, campaign.id, { unitPath: place.unit.path, closing: chosen.closing }),
    result: filter.result ?? null,
    isApart: filter.isApart,
    note: chosen.closing?.note ?? previewNote(campaign),
    seesCollectives,
  }
})

type Asked = { actor: Actor; campaign: { id: number } }

function live({ actor, campaign }: Asked, page: Parameters<typeof listAssessments>[2]) {
  const { rows, next } = listAssessments(actor, campaign.id, page)
  return {
    rows: rows.map(row => shownRow(row, null)),
    next,
    counts: countAssessments(actor, campaign.id, page),
  }
}

/** Frozen rows without their facts, each with what it would be by the figures of today. */
function frozen({ actor, campaign }: Asked, closingId: number, page: Parameters<typeof listFrozenOfficials>[2]) {
  const { rows, next } = listFrozenOfficials(actor, closingId, page)
  const { total, results } = countFrozenOfficials(actor, closingId, page)
  return {
    rows: rows.map(row => shownRow(row, liveResult(campaign.id, { officialId: row.officialId }) as OfficialResult)),
    next,
    counts: { total, results: results.map(row => ({ ...row, countAny: 0 })), entering: 0, leaving: 0, apart: 0 },
  }
}

type Figures = Pick<AssessedOfficial, 'target' | 'counts'>
type Shown = Pick<
  AssessedOfficial,
  'officialId' | 'name' | 'position' | 'unitName' | 'isLeader' | 'formerUnit' | 'result' | 'resultAny' | 'reasons'
>

function shownRow(row: Shown & Figures, today: OfficialResult | null) {
  const { officialId, name, position, unitName, isLeader, formerUnit, result, resultAny, reasons } = row
  const figures = { ...row.counts, target: row.target }
  return {
    officialId,
    name,
    position,
    unitName,
    isLeader,
    formerUnit,
    result,
    resultAny,
    reasons,
    figures,
    live: today,
  }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

const addressOf = ({ asked }: Loaded, changes: Parameters<typeof officialList.to>[1], path = PATH) =>
  officialList.to(path, { ...asked, ...changes })

export default function OfficialAssessmentsPage() {
  const page = useLoaderData<typeof loader>()
  const { asked } = page
  const resultLabels = officialLabels(isFrozenVersion(page.closing))
  const named = page.result ? resultLabels[page.result] : 'Tất cả'
  const shown = `${formatNumber(shownCount(page))} người`
  return (
    <AssessmentList
      page={page}
      addressOf={changes => addressOf(page, changes)}
      clearTo={officialList.to(PATH, { result: asked.result })}
      kept={officialList.fields({ result: asked.result, isApart: asked.isApart, version: asked.version })}
      title="Đánh giá cá nhân"
      other={page.seesCollectives ? { path: `${PATH}/tap-the`, label: 'Tập thể' } : null}
      workbook={addressOf(page, {}, '/danh-gia.xlsx')}
      search={{ name: 'tim', label: 'Tìm theo tên (không cần dấu)', value: asked.search }}
      filter={{
        name: 'loai',
        label: 'Loại',
        value: asked.category,
        options: CATEGORIES.map(value => ({ value, label: labels.category[value] })),
      }}
      views={viewsOf(page)}
      caption={page.isApart ? 'Kết quả khác nhau theo hai cách tính' : named}
      note={page.guarded.length > 0 ? `${shown}, chưa gồm lực lượng vũ trang` : shown}
      shown={`${shown}, xếp theo đơn vị và tên`}
      empty="Không có ai trong danh sách này"
      name={{
        header: 'Họ và tên',
        cell: row => (
          <>
            <Link to={`/can-bo/${row.officialId}`}>{row.name}</Link>
            <div className="small">
              {[row.position, row.unitName].filter(Boolean).join(', ')}
              {row.isLeader ? ' · Lãnh đạo' : ''}
            </div>
            {row.formerUnit === null ? null : <div className="small">{formerUnitNote(row.formerUnit)}</div>}
          </>
        ),
      }}
      rowKey={row => String(row.officialId)}
      status={result => <OfficialResultStatus result={result} isFrozen={isFrozenVersion(page.closing)} />}
      resultLabels={officialPreviewLabels}
    >
      <BothReadings page={page} />
      {page.guarded.length > 0 ? (
        <GuardedUnits units={page.guarded} asOf={page.closing ? formatAsOf(page.closing.frozenAt ?? 0) : page.asOf} />
      ) : null}
    </AssessmentList>
  )
}

function BothReadings({ page }: { page: Loaded }) {
  const { counts, readings } = page
  return (
    <Readings
      title="Hai cách tính số người dân được hỗ trợ"
      caption="Số người theo kết quả, hai cách tính"
      page={page}
      rows={OFFICIAL_LISTS.flatMap(
        result => counts.results.find(row => row.result === result && row.count + row.countAny > 0) ?? [],
      )}
      total={counts.total}
      resultLabel={row => officialLabels(isFrozenVersion(page.closing))[row.result]}
      empty="Chưa có người thực hiện"
    >
      <p className="small">
        {readings.inForce.detail} Cách tính khác: {readings.other.detail.toLowerCase()} {explainMoves(counts)}
      </p>
      {counts.apart > 0 ? (
        <p>
          <Link to={addressOf(page, { isApart: true, result: 'all' })}>
            Xem {formatNumber(counts.apart)} người có kết quả khác nhau
          </Link>
        </p>
      ) : null}
    </Readings>
  )
}

function viewsOf(page: Loaded) {
  const shown = OFFICIAL_LISTS.filter((result, n) => n < 4 || page.result === result || countOf(page, result) > 0)
  return [
    ...shown.map(result => ({
      to: addressOf(page, { result, isApart: false }),
      label: `${officialLabels(isFrozenVersion(page.closing))[result]} (${formatNumber(countOf(page, result))})`,
      isCurrent: page.result === result,
    })),
    {
      to: addressOf(page, { result: 'all', isApart: false }),
      label: `Tất cả (${formatNumber(page.counts.total)})`,
      isCurrent: page.result === null && !page.isApart,
    },
  ]
}

const countOf = ({ counts }: Loaded, result: string) => counts.results.find(row => row.result === result)?.count ?? 0

function shownCount(page: Loaded): number {
  if (page.isApart) return page.counts.apart
  return page.result ? countOf(page, page.result) : page.counts.total
}
