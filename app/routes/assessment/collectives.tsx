import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { type CollectiveResult, kindsBelow } from '#app/domain/vocabulary.ts'
import { scopeUnits } from '#app/queries/aggregate.server.ts'
import { listFrozenCollectives } from '#app/queries/closing.server.ts'
import { listCollectives, liveResult } from '#app/queries/collective-assessment.server.ts'
import { mayEnterExceptions } from '#app/queries/goal-exception.server.ts'
import { newestFigureOn } from '#app/queries/indicator-evidence.server.ts'
import {
  COLLECTIVE_LISTS,
  collectiveGaps,
  collectiveLabels,
  collectivePreviewLabels,
  collectiveTargetLabels,
  isFrozenVersion,
  previewNote,
} from '#app/text/assessment.ts'
import { formatNumber } from '#app/text/format.ts'
import { annexReadingLabels } from '#app/text/regulation.ts'
import { labels } from '#app/text/vocabulary.ts'
import { AssessmentList, Readings } from '#app/ui/assessment-list.tsx'
import { NO_SCRIPT } from '#app/ui/page-handle.ts'
import { useProvince } from '#app/ui/province.ts'
import { CollectiveResultStatus } from '#app/ui/result-status.tsx'
import { reads, type Visit } from '../_web/visit.server.ts'
import { chooseClosing, frameOf, PAGE, readCollectives } from './list.server.ts'
import { collectiveList } from './params.ts'

export const handle = NO_SCRIPT
export const meta: MetaFunction = () => [{ title: 'Đánh giá tập thể · 4 phủ' }]

const PATH = '/danh-gia/tap-the'

export const loader = reads((visit, { url }) => {
  const { actor, campaign, regulation, today } = visit
  const { filter, result, place, after, version } = readCollectives(visit, url)
  const chosen = chooseClosing(visit, { version })
  const { closing } = chosen
  const all = closing ? listFrozen(visit, closing.id, filter) : listLive(visit, filter)
  const listed = result ? all.filter(row => row.result === result) : all
  const start = after === undefined ? 0 : listed.findIndex(row => row.unitId === after) + 1
  const rows = listed.slice(start, start + PAGE).map(row => ({
    ...row,
    live: closing ? ((liveResult(campaign.id, { unitId: row.unitId }) as CollectiveResult | undefined) ?? null) : null,
  }))
  return {
    ...place,
    ...frameOf(visit, chosen),
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
    collectiveTarget: regulation.collectiveTarget,
    annexReading: regulation.annexReading,
    mayExcept: mayEnterExceptions(actor),
    note: closing?.note ?? `${previewNote(campaign)} ${collectiveGaps(newestFigureOn(campaign.id), today)}`,
    seesOfficials: scopeUnits(actor, 'assessment.view').length > 0,
  }
})

function listLive({ actor, campaign }: Visit, filter: Parameters<typeof listCollectives>[2]) {
  return listCollectives(actor, campaign.id, filter).map(({ people, ...row }) => ({
    ...row,
    officials: people.officials,
    figures: {
      target: people.targets,
      reported: people.reported,
      counted: people.counted,
      verified: people.verified,
      countedAny: people.countedAny,
    },
  }))
}

/** Returns frozen rows in the shape of the live ones; the replay shows what other readings would give. */
function listFrozen({ actor }: Visit, closingId: number, filter: Parameters<typeof listFrozenCollectives>[2]) {
  return listFrozenCollectives(actor, closingId, filter).map(({ facts: _facts, sums, ...row }) => ({
    ...row,
    officials: sums.officials,
    figures: { ...sums, countedAny: 0 },
    resultAny: row.result,
    resultOtherTarget: row.result,
  }))
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

const addressOf = ({ asked }: Loaded, changes: Parameters<typeof collectiveList.to>[1], path = PATH) =>
  collectiveList.to(path, { ...asked, ...changes })

export default function CollectiveAssessmentsPage() {
  const page = useLoaderData<typeof loader>()
  const shown = `${formatNumber(page.total)} tập thể`
  const { asked } = page
  const { hasDistricts } = useProvince()
  return (
    <AssessmentList
      page={page}
      addressOf={changes => addressOf(page, changes)}
      clearTo={collectiveList.to(PATH, { result: asked.result })}
      kept={collectiveList.fields({ result: asked.result, version: asked.version })}
      title="Đánh giá tập thể"
      other={page.seesOfficials ? { path: '/danh-gia', label: 'Cá nhân' } : null}
      workbook={addressOf(page, {}, '/danh-gia/tap-the.xlsx')}
      filter={{
        name: 'cap',
        label: 'Cấp',
        value: asked.kind,
        options: kindsBelow(hasDistricts).map(value => ({
          value,
          label: labels.unitKind[value],
        })),
      }}
      views={viewsOf(page)}
      caption={page.result ? collectiveLabels(isFrozenVersion(page.closing))[page.result] : 'Tất cả tập thể'}
      note={`${shown}, mỗi tập thể gồm cả các đơn vị trực thuộc`}
      shown={shown}
      empty="Không có tập thể nào trong danh sách này"
      name={{
        header: 'Tập thể',
        cell: row => (
          <>
            <Link to={`/don-vi/${row.unitId}`}>{row.name}</Link>
            <div className="small">
              {labels.unitKind[row.kind]} · {formatNumber(row.officials)} người
            </div>
          </>
        ),
      }}
      rowKey={row => String(row.unitId)}
      status={result => <CollectiveResultStatus result={result} isFrozen={isFrozenVersion(page.closing)} />}
      resultLabels={collectivePreviewLabels}
    >
      <Readings
        title="Các cách tính"
        caption="Số tập thể theo kết quả, các cách tính"
        page={page}
        rows={page.counts.filter(row => row.count > 0 || row.countAny > 0 || row.countOtherTarget > 0)}
        total={page.all}
        resultLabel={row => collectiveLabels(isFrozenVersion(page.closing))[row.result]}
        more={[
          {
            header: collectiveTargetLabels[page.collectiveTarget === 'sum' ? 'every_member' : 'sum'],
            count: row => row.countOtherTarget,
          },
        ]}
        empty="Chưa có tập thể"
      >
        <p className="small">
          {page.readings.inForce.detail} Chỉ tiêu của tập thể đang áp dụng:{' '}
          {collectiveTargetLabels[page.collectiveTarget].toLowerCase()}. Địa bàn phải đạt:{' '}
          {annexReadingLabels[page.annexReading].toLowerCase()}.{' '}
          {page.mayExcept ? <Link to="/danh-gia/muc-tieu">Số người được trừ khỏi mục tiêu</Link> : null}
        </p>
      </Readings>
    </AssessmentList>
  )
}

function viewsOf(page: Loaded) {
  return [
    {
      to: addressOf(page, { result: undefined }),
      label: `Tất cả (${formatNumber(page.all)})`,
      isCurrent: page.result === null,
    },
    ...page.counts
      .filter((row, n) => n < 3 || row.count > 0 || page.result === row.result)
      .map(row => ({
        to: addressOf(page, { result: row.result }),
        label: `${collectiveLabels(isFrozenVersion(page.closing))[row.result]} (${formatNumber(row.count)})`,
        isCurrent: page.result === row.result,
      })),
  ]
}
