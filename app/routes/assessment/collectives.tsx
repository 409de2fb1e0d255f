import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { canSomewhere } from '#app/access/policy.ts'
import { BLOCKS, type CollectiveResult, UNIT_KINDS } from '#app/domain/vocabulary.ts'
import { scopeUnits } from '#app/queries/aggregate.server.ts'
import { listFrozenCollectives } from '#app/queries/closing.server.ts'
import { listCollectives, liveResult } from '#app/queries/collective-assessment.server.ts'
import { figuresInMotion } from '#app/queries/job.server.ts'
import {
  COLLECTIVE_LISTS,
  collectiveGaps,
  collectivePreviewLabels,
  collectiveTargetLabels,
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
import { CollectiveResultStatus } from '#app/ui/result-status.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { Versions } from '#app/ui/versions.tsx'
import { Views } from '#app/ui/views.tsx'
import { reads, type Visit } from '../_web/visit.server.ts'
import { chooseClosing, readCollectives } from './list.server.ts'

export const meta: MetaFunction = () => [{ title: 'Đánh giá tập thể · 4 phủ' }]

const PAGE = 30

export const loader = reads((visit, { url }) => {
  const { actor, campaign, regulation, at } = visit
  const { filter, result, unit, above, units } = readCollectives(visit, url)
  const { closing, asked, versions } = chooseClosing(visit, url)
  const all = closing ? listFrozen(visit, closing.id, filter) : listLive(visit, filter)
  const listed = result ? all.filter(row => row.result === result) : all
  const after = Number(url.searchParams.get('sau')) || undefined
  const start = after === undefined ? 0 : listed.findIndex(row => row.unitId === after) + 1
  const rows = listed.slice(start, start + PAGE).map(row => ({
    ...row,
    live: closing ? (liveResult(campaign.id, { unitId: row.unitId }) as CollectiveResult | undefined) : undefined,
  }))
  return {
    unit,
    above,
    units,
    block: filter.block ?? '',
    kind: filter.kind ?? '',
    result: result ?? null,
    rows,
    next: start + PAGE < listed.length ? (rows.at(-1)?.unitId ?? null) : null,
    total: listed.length,
    counts: COLLECTIVE_LISTS.map(word => ({
      result: word,
      count: all.filter(row => row.result === word).length,
      countAny: all.filter(row => row.resultAny === word).length,
      countOtherTarget: all.filter(row => row.resultOtherTarget === word).length,
    })),
    all: all.length,
    closing: closing ?? null,
    asked,
    versions,
    mayReplay: canSomewhere(actor, 'scenario.compute'),
    readings: quotaReadings(regulation),
    collectiveTarget: regulation.collectiveTarget,
    note: closing?.note ?? `${previewNote(campaign)} ${collectiveGaps}`,
    motion: closing ? null : figuresInMotion(campaign.id),
    seesOfficials: scopeUnits(actor, 'assessment.view').length > 0,
    asOf: formatAsOf(at),
  }
})

const PEOPLE = ['officials', 'targets', 'reported', 'counted', 'verified', 'countedAny'] as const
type People = Record<(typeof PEOPLE)[number], number>

function listLive({ actor, campaign }: Visit, filter: Parameters<typeof listCollectives>[2]) {
  return listCollectives(actor, campaign.id, filter).map(({ people, ...row }) => ({
    ...row,
    people: Object.fromEntries(PEOPLE.map(figure => [figure, people[figure]])) as People,
  }))
}

/** Returns frozen rows in the shape of the live ones; the replay shows what other readings would give. */
function listFrozen({ actor }: Visit, closingId: number, filter: Parameters<typeof listFrozenCollectives>[2]) {
  return listFrozenCollectives(actor, closingId, filter).map(({ facts: _facts, sums, ...row }) => ({
    ...row,
    people: { ...sums, targets: sums.target, countedAny: 0 } as People,
    resultAny: row.result,
    resultOtherTarget: row.result,
  }))
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

function address(path: string, { unit, block, kind, result, asked }: Loaded, changes: Record<string, string>) {
  const own = {
    'ket-qua': result ?? '',
    'don-vi': unit.isChosen ? String(unit.id) : '',
    khoi: block,
    cap: kind,
    ban: asked,
  }
  const query = new URLSearchParams(Object.entries({ ...own, ...changes }).filter(([, value]) => value !== ''))
  return `${path}?${query}`
}

export default function CollectiveAssessmentsPage() {
  const page = useLoaderData<typeof loader>()
  const { unit, rows, result, asOf } = page
  const title = result ? collectivePreviewLabels[result] : 'Tất cả tập thể'
  return (
    <div className="stack">
      <PageHeading
        title="Đánh giá tập thể"
        note={`${unit.name} · ${asOf}`}
        breadcrumbs={page.above.map(({ id, name }) => ({
          to: address('/danh-gia/tap-the', page, { 'don-vi': String(id) }),
          label: name,
        }))}
        actions={
          <>
            {page.seesOfficials ? (
              <ButtonLink variant="quiet" to={unit.isChosen ? `/danh-gia?don-vi=${unit.id}` : '/danh-gia'}>
                Cá nhân
              </ButtonLink>
            ) : null}
            {page.mayReplay ? (
              <ButtonLink variant="quiet" to="/danh-gia/phuong-an">
                Phương án
              </ButtonLink>
            ) : null}
            {page.closing ? null : (
              <ButtonLink variant="quiet" to={address('/danh-gia/tap-the.xlsx', page, {})} reloadDocument>
                Tải bảng tính
              </ButtonLink>
            )}
          </>
        }
      />
      <Notice>{page.note}</Notice>
      <Versions
        versions={page.versions}
        chosen={page.closing?.version ?? null}
        addressOf={ban => address('/danh-gia/tap-the', page, { ban })}
        hash={page.closing?.hash ?? null}
      />
      <FiguresInMotion motion={page.motion} />
      <FilterBar
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
            name: 'cap',
            label: 'Cấp',
            value: page.kind,
            options: UNIT_KINDS.filter(value => value !== 'province').map(value => ({
              value,
              label: labels.unitKind[value],
            })),
          },
        ]}
        kept={{ ...(result ? { 'ket-qua': result } : {}), ...(page.asked ? { ban: page.asked } : {}) }}
        clearTo={
          unit.isChosen || page.block || page.kind
            ? `/danh-gia/tap-the${result ? `?ket-qua=${result}` : ''}`
            : undefined
        }
      />
      <Views label="Danh sách theo kết quả" views={viewsOf(page)} />
      <Sheet title={title} note={`${formatNumber(page.total)} tập thể, mỗi tập thể gồm cả các đơn vị trực thuộc`}>
        <div className="board">
          <DataTable
            caption={title}
            rows={rows}
            rowKey={row => String(row.unitId)}
            asCards
            empty={
              <EmptyState title="Không có tập thể nào trong danh sách này">
                Anh/chị chọn danh sách khác hoặc bỏ bớt điều kiện lọc.
              </EmptyState>
            }
            columns={[
              {
                key: 'name',
                header: 'Tập thể',
                cell: row => (
                  <>
                    <Link to={`/don-vi/${row.unitId}`}>{row.name}</Link>
                    <div className="small">
                      {labels.unitKind[row.kind]} · {formatNumber(row.people.officials)} người
                    </div>
                  </>
                ),
              },
              {
                key: 'reasons',
                header: result ? 'Lý do' : 'Kết quả, lý do',
                cell: row => (
                  <>
                    {result ? null : <CollectiveResultStatus result={row.result} />}
                    <ReasonList reasons={row.reasons} />
                  </>
                ),
              },
              { key: 'reported', header: 'Ghi nhận', align: 'end', cell: row => formatNumber(row.people.reported) },
              {
                key: 'counted',
                header: 'Được tính',
                align: 'end',
                cell: row => <Share part={row.people.counted} whole={row.people.targets} />,
              },
              { key: 'verified', header: 'Đã đối chiếu', align: 'end', cell: row => formatNumber(row.people.verified) },
              page.closing ? liveColumn : otherReading,
            ]}
          />
        </div>
        <Pager
          label={`${formatNumber(rows.length)} trong ${formatNumber(page.total)} tập thể`}
          nextTo={page.next === null ? undefined : address('/danh-gia/tap-the', page, { sau: String(page.next) })}
        />
      </Sheet>
      {page.closing ? null : <Readings />}
    </div>
  )
}

const otherReading = {
  key: 'other',
  header: 'Cách tính khác',
  cell: (row: Loaded['rows'][number]) => (
    <>
      <Share part={row.people.countedAny} whole={row.people.targets} />
      {row.result === row.resultAny ? null : <div className="strong">{collectivePreviewLabels[row.resultAny]}</div>}
    </>
  ),
}

const liveColumn = {
  key: 'live',
  header: 'Số liệu hiện tại',
  cell: (row: Loaded['rows'][number]) =>
    row.live !== undefined && row.live !== row.result ? (
      <div className="strong">{collectivePreviewLabels[row.live]}</div>
    ) : (
      'Không đổi'
    ),
}

function Readings() {
  const page = useLoaderData<typeof loader>()
  const { counts, asOf } = page
  return (
    <Sheet title="Các cách tính" note={asOf}>
      <DataTable
        caption="Số tập thể theo kết quả, các cách tính"
        rows={counts.filter(row => row.count > 0 || row.countAny > 0 || row.countOtherTarget > 0)}
        rowKey={row => row.result}
        empty={<EmptyState title="Chưa có tập thể">Danh sách có sau khi nhập người thực hiện.</EmptyState>}
        asCards
        columns={[
          { key: 'result', header: 'Kết quả', cell: row => collectivePreviewLabels[row.result] },
          {
            key: 'in-force',
            header: page.readings.inForce.label,
            align: 'end',
            cell: row => <Share part={row.count} whole={page.all} />,
          },
          {
            key: 'other',
            header: page.readings.other.label,
            align: 'end',
            cell: row => <Share part={row.countAny} whole={page.all} />,
          },
          {
            key: 'other-target',
            header: collectiveTargetLabels[page.collectiveTarget === 'sum' ? 'every_member' : 'sum'],
            align: 'end',
            cell: row => <Share part={row.countOtherTarget} whole={page.all} />,
          },
        ]}
      />
      <p className="small">
        {page.readings.inForce.detail} Chỉ tiêu của tập thể đang áp dụng:{' '}
        {collectiveTargetLabels[page.collectiveTarget].toLowerCase()}.
      </p>
    </Sheet>
  )
}

function viewsOf(page: Loaded) {
  return [
    {
      to: address('/danh-gia/tap-the', page, { 'ket-qua': '' }),
      label: `Tất cả (${formatNumber(page.all)})`,
      isCurrent: page.result === null,
    },
    ...page.counts
      .filter((row, n) => n < 3 || row.count > 0 || page.result === row.result)
      .map(row => ({
        to: address('/danh-gia/tap-the', page, { 'ket-qua': row.result }),
        label: `${collectivePreviewLabels[row.result]} (${formatNumber(row.count)})`,
        isCurrent: page.result === row.result,
      })),
  ]
}
