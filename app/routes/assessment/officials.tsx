import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { type Actor, canSomewhere } from '#app/access/policy.ts'
import { BLOCKS, CATEGORIES, type OfficialResult } from '#app/domain/vocabulary.ts'
import { scopeUnits } from '#app/queries/aggregate.server.ts'
import { countFrozenOfficials, listFrozenOfficials } from '#app/queries/closing.server.ts'
import { liveResult } from '#app/queries/collective-assessment.server.ts'
import { figuresInMotion } from '#app/queries/job.server.ts'
import {
  type AssessedOfficial,
  countAssessments,
  guardedUnits,
  listAssessments,
} from '#app/queries/official-assessment.server.ts'
import {
  explainMoves,
  formerUnitNote,
  OFFICIAL_LISTS,
  officialPreviewLabels,
  previewNote,
  quotaReadings,
} from '#app/text/assessment.ts'
import { formatAsOf, formatNumber } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { Share } from '#app/ui/figure.tsx'
import { FiguresInMotion } from '#app/ui/figures-in-motion.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { ReasonList } from '#app/ui/reason-list.tsx'
import { OfficialResultStatus } from '#app/ui/result-status.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { Versions } from '#app/ui/versions.tsx'
import { Views } from '#app/ui/views.tsx'
import { reads, type Visit } from '../_web/visit.server.ts'
import { chooseClosing, readOfficials } from './list.server.ts'

export const meta: MetaFunction = () => [{ title: 'Đánh giá cá nhân · 4 phủ' }]

const PAGE = 30

export const loader = reads((visit, { url }) => {
  const { actor, campaign, regulation, at } = visit
  if (scopeUnits(actor, 'assessment.view').length === 0 && scopeUnits(actor, 'assessment.view_units').length > 0)
    throw redirect('/danh-gia/tap-the')
  const { filter, unit, above, units } = readOfficials(visit, url)
  const after = Number(url.searchParams.get('sau')) || undefined
  const { closing, asked, versions } = chooseClosing(visit, url)
  const { rows, next } = closing
    ? listFrozen(visit, closing.id, { ...filter, after, limit: PAGE })
    : listLive(visit, { ...filter, after, limit: PAGE })
  return {
    unit,
    above,
    units,
    block: filter.block ?? '',
    category: filter.category ?? '',
    search: filter.search ?? '',
    isApart: filter.isApart,
    result: filter.result ?? null,
    rows,
    next,
    counts: closing ? countFrozen(actor, closing.id, filter) : countAssessments(actor, campaign.id, filter),
    guarded: closing ? [] : guardedUnits(actor, campaign.id, unit.path),
    closing: closing ?? null,
    asked,
    versions,
    mayReplay: canSomewhere(actor, 'scenario.compute'),
    readings: quotaReadings(regulation),
    note: closing?.note ?? previewNote(campaign),
    motion: closing ? null : figuresInMotion(campaign.id),
    seesCollectives: canSomewhere(actor, 'assessment.view_units'),
    asOf: formatAsOf(at),
  }
})

/** What the list shows of one official; `live` is the result by the figures of today, beside a frozen one. */
type Page = { rows: (AssessedOfficial & { live: OfficialResult | null })[]; next: number | null }

function listLive({ actor, campaign }: Visit, filter: Parameters<typeof listAssessments>[2]): Page {
  const { rows, next } = listAssessments(actor, campaign.id, filter)
  return { rows: rows.map(row => ({ ...row, live: null })), next }
}

/** Frozen rows without their facts, each with what it would be by the figures of today. */
function listFrozen(
  { actor, campaign }: Visit,
  closingId: number,
  filter: Parameters<typeof listFrozenOfficials>[2],
): Page {
  const { rows, next } = listFrozenOfficials(actor, closingId, filter)
  return {
    rows: rows.map(({ facts: _facts, obligations: _obligations, birthYear: _birthYear, ...row }) => ({
      ...row,
      live: liveResult(campaign.id, { officialId: row.officialId }) as OfficialResult,
    })),
    next,
  }
}

function countFrozen(actor: Actor, closingId: number, filter: Parameters<typeof countFrozenOfficials>[2]) {
  const { total, results } = countFrozenOfficials(actor, closingId, filter)
  return { total, results: results.map(row => ({ ...row, countAny: 0 })), entering: 0, leaving: 0, apart: 0 }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

/** The list's address with some of its parameters changed; empty ones fall away. */
function address(
  path: string,
  { unit, block, category, search, isApart, result, asked }: Loaded,
  changes: Record<string, string>,
) {
  const own = {
    'ket-qua': result ?? 'all',
    'don-vi': unit.isChosen ? String(unit.id) : '',
    khoi: block,
    loai: category,
    tim: search,
    khac: isApart ? '1' : '',
    ban: asked,
  }
  const query = new URLSearchParams(Object.entries({ ...own, ...changes }).filter(([, value]) => value !== ''))
  return `${path}?${query}`
}

export default function OfficialAssessmentsPage() {
  const page = useLoaderData<typeof loader>()
  const { unit, rows, result, asOf } = page
  const title = page.isApart
    ? 'Kết quả khác nhau theo hai cách tính'
    : result
      ? officialPreviewLabels[result]
      : 'Tất cả'
  return (
    <div className="stack">
      <PageHeading
        title="Đánh giá cá nhân"
        note={`${unit.name} · ${asOf}`}
        breadcrumbs={page.above.map(({ id, name }) => ({
          to: address('/danh-gia', page, { 'don-vi': String(id) }),
          label: name,
        }))}
        actions={
          <>
            {page.seesCollectives ? (
              <ButtonLink
                variant="quiet"
                to={unit.isChosen ? `/danh-gia/tap-the?don-vi=${unit.id}` : '/danh-gia/tap-the'}
              >
                Tập thể
              </ButtonLink>
            ) : null}
            {page.mayReplay ? (
              <ButtonLink variant="quiet" to="/danh-gia/phuong-an">
                Phương án
              </ButtonLink>
            ) : null}
            <ButtonLink variant="quiet" to={address('/danh-gia.xlsx', page, {})} reloadDocument>
              Tải bảng tính
            </ButtonLink>
          </>
        }
      />
      <Notice>{page.note}</Notice>
      <Versions
        versions={page.versions}
        chosen={page.closing?.version ?? null}
        addressOf={ban => address('/danh-gia', page, { ban })}
        hash={page.closing?.hash ?? null}
      />
      <FiguresInMotion motion={page.motion} />
      <FilterBar
        search={{ name: 'tim', label: 'Tìm theo tên (không cần dấu)', value: page.search }}
        filters={[
          {
            name: 'don-vi',
            label: 'Đơn vị',
            value: unit.isChosen ? String(unit.id) : '',
            options: [...(unit.isChosen ? [unit] : []), ...page.units].map(({ id, name }) => ({
              value: String(id),
              label: name,
            })),
          },
          {
            name: 'khoi',
            label: 'Khối',
            value: page.block,
            options: BLOCKS.map(value => ({ value, label: labels.block[value] })),
          },
          {
            name: 'loai',
            label: 'Loại',
            value: page.category,
            options: CATEGORIES.map(value => ({ value, label: labels.category[value] })),
          },
        ]}
        kept={{
          'ket-qua': result ?? 'all',
          ...(page.asked ? { ban: page.asked } : {}),
          ...(page.isApart ? { khac: '1' } : {}),
        }}
        clearTo={
          page.search || unit.isChosen || page.block || page.category
            ? `/danh-gia?ket-qua=${result ?? 'all'}`
            : undefined
        }
      />
      <Views label="Danh sách theo kết quả" views={viewsOf(page)} />
      <Sheet title={title} note={`${formatNumber(shownCount(page))} người`}>
        <div className="board">
          <DataTable
            caption={title}
            rows={rows}
            rowKey={row => String(row.officialId)}
            asCards
            empty={
              <EmptyState title="Không có ai trong danh sách này">
                Anh/chị chọn danh sách khác hoặc bỏ bớt điều kiện lọc.
              </EmptyState>
            }
            columns={[
              {
                key: 'name',
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
              },
              {
                key: 'reasons',
                header: result ? 'Lý do' : 'Kết quả, lý do',
                cell: row => (
                  <>
                    {result ? null : <OfficialResultStatus result={row.result} />}
                    <ReasonList reasons={row.reasons} />
                  </>
                ),
              },
              { key: 'reported', header: 'Ghi nhận', align: 'end', cell: row => formatNumber(row.counts.reported) },
              {
                key: 'counted',
                header: 'Được tính',
                align: 'end',
                cell: row =>
                  row.target === null ? (
                    formatNumber(row.counts.counted)
                  ) : (
                    <Share part={row.counts.counted} whole={row.target} />
                  ),
              },
              { key: 'verified', header: 'Đã đối chiếu', align: 'end', cell: row => formatNumber(row.counts.verified) },
              ...(page.closing
                ? [
                    {
                      key: 'live',
                      header: 'Số liệu hiện tại',
                      cell: (row: Loaded['rows'][number]) =>
                        row.live !== null && row.live !== row.result ? (
                          <div className="strong">{officialPreviewLabels[row.live]}</div>
                        ) : (
                          'Không đổi'
                        ),
                    },
                  ]
                : [otherReading]),
            ]}
          />
        </div>
        <Pager
          label={`${formatNumber(rows.length)} trong ${formatNumber(shownCount(page))} người, xếp theo đơn vị và tên`}
          nextTo={page.next === null ? undefined : address('/danh-gia', page, { sau: String(page.next) })}
        />
      </Sheet>
      {page.closing ? null : <BothReadings />}
      {page.guarded.length > 0 ? <Guarded /> : null}
    </div>
  )
}

const otherReading = {
  key: 'other',
  header: 'Cách tính khác',
  cell: (row: Loaded['rows'][number]) => (
    <>
      {row.target === null ? (
        formatNumber(row.counts.countedAny)
      ) : (
        <Share part={row.counts.countedAny} whole={row.target} />
      )}
      {row.result === row.resultAny ? null : <div className="strong">{officialPreviewLabels[row.resultAny]}</div>}
    </>
  ),
}

function BothReadings() {
  const page = useLoaderData<typeof loader>()
  const { counts, readings, asOf } = page
  return (
    <Sheet title="Hai cách tính số người dân được hỗ trợ" note={asOf}>
      <DataTable
        caption="Số người theo kết quả, hai cách tính"
        rows={OFFICIAL_LISTS.flatMap(
          result => counts.results.find(row => row.result === result && row.count + row.countAny > 0) ?? [],
        )}
        rowKey={row => row.result}
        empty={<EmptyState title="Chưa có người thực hiện">Danh sách có sau khi nhập người thực hiện.</EmptyState>}
        asCards
        columns={[
          { key: 'result', header: 'Kết quả', cell: row => officialPreviewLabels[row.result] },
          {
            key: 'in-force',
            header: readings.inForce.label,
            align: 'end',
            cell: row => <Share part={row.count} whole={counts.total} />,
          },
          {
            key: 'other',
            header: readings.other.label,
            align: 'end',
            cell: row => <Share part={row.countAny} whole={counts.total} />,
          },
        ]}
      />
      <p className="small">
        {readings.inForce.detail} Cách tính khác: {readings.other.detail.toLowerCase()} {explainMoves(counts)}
      </p>
      {counts.apart > 0 ? (
        <p>
          <Link to={address('/danh-gia', page, { khac: '1', 'ket-qua': 'all' })}>
            Xem {formatNumber(counts.apart)} người có kết quả khác nhau
          </Link>
        </p>
      ) : null}
    </Sheet>
  )
}

function viewsOf(page: Loaded) {
  const shown = OFFICIAL_LISTS.filter(
    (result, n) =>
      n < 4 || page.result === result || page.counts.results.some(row => row.result === result && row.count > 0),
  )
  return [
    ...shown.map(result => ({
      to: address('/danh-gia', page, { 'ket-qua': result, khac: '' }),
      label: `${officialPreviewLabels[result]} (${formatNumber(countOf(page, result))})`,
      isCurrent: page.result === result,
    })),
    {
      to: address('/danh-gia', page, { 'ket-qua': 'all', khac: '' }),
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

function Guarded() {
  const { guarded, asOf } = useLoaderData<typeof loader>()
  return (
    <Sheet title="Lực lượng vũ trang: chỉ có số tổng hợp" note={asOf}>
      <DataTable
        caption="Đơn vị lực lượng vũ trang"
        rows={guarded}
        rowKey={row => String(row.id)}
        empty={null}
        asCards
        columns={[
          { key: 'name', header: 'Đơn vị', cell: row => row.name },
          {
            key: 'officials',
            header: 'Người thực hiện',
            align: 'end',
            cell: row => formatNumber(row.people.officials),
          },
          {
            key: 'eligible',
            header: officialPreviewLabels.eligible,
            align: 'end',
            cell: row => <Share part={row.people.eligible} whole={row.people.officials} />,
          },
          {
            key: 'completed',
            header: officialPreviewLabels.completed,
            align: 'end',
            cell: row => <Share part={row.people.completed} whole={row.people.officials} />,
          },
          {
            key: 'reached',
            header: 'Đạt chỉ tiêu',
            align: 'end',
            cell: row => <Share part={row.people.reached} whole={row.people.quotaBearers} />,
          },
        ]}
      />
      <p className="small">Danh sách cá nhân chỉ hiển thị trong nội bộ đơn vị lực lượng vũ trang.</p>
    </Sheet>
  )
}
