import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { permitSomewhere } from '#app/access/policy.ts'
import { regulationOf } from '#app/queries/judging/index.server.ts'
import { findScenario, namesOf, unitNamesOf } from '#app/queries/scenario.server.ts'
import {
  COLLECTIVE_LISTS,
  collectivePreviewLabels,
  OFFICIAL_LISTS,
  officialPreviewLabels,
} from '#app/text/assessment.ts'
import { versionName } from '#app/text/closing.ts'
import { formatInstant, formatNumber } from '#app/text/format.ts'
import { explainDifferences } from '#app/text/scenario.ts'
import { DataTable } from '#app/ui/data-table.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Pager } from '#app/ui/pager.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { found, idOf, reads } from '../_web/visit.server.ts'
import { scenarioPage } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Phương án tính thử · 4 phủ' }]

const PAGE = 50

export const loader = reads(({ actor, campaign, regulation }, { params, url }) => {
  permitSomewhere(actor, 'scenario.compute')
  const { differences, result, regulationId, ...scenario } = found(
    findScenario(actor, campaign.id, idOf(params.scenarioId)),
  )
  const { start = 0 } = scenarioPage.read(url)
  const shown = result?.officials.movers.slice(start, start + PAGE) ?? []
  const names = namesOf(
    actor,
    shown.map(mover => mover.id),
    regulation.endsOn,
  )
  const units = unitNamesOf(result?.collectives.movers.map(mover => mover.id) ?? [])
  return {
    scenario: { ...scenario, isComputed: result !== null },
    differences: explainDifferences(differences, regulationOf(regulationId).regulation),
    officials: result === null ? [] : listsOf(OFFICIAL_LISTS, officialPreviewLabels, result.officials),
    collectives: result === null ? [] : listsOf(COLLECTIVE_LISTS, collectivePreviewLabels, result.collectives),
    people: shown.flatMap(mover => {
      const person = names.get(mover.id)
      return person ? [{ ...person, from: mover.from, to: mover.to }] : []
    }),
    units: result?.collectives.movers.map(mover => ({ ...mover, name: units.get(mover.id) ?? '' })) ?? [],
    next: result && start + PAGE < result.officials.movers.length ? start + PAGE : null,
  }
})

type List = { label: string; before: number; after: number; entering: number; leaving: number }

/** Each list before and after, with who enters it and who leaves. */
function listsOf<Result extends string>(
  results: readonly Result[],
  names: Record<Result, string>,
  {
    before,
    after,
    moves,
  }: {
    before: Partial<Record<Result, number>>
    after: Partial<Record<Result, number>>
    moves: readonly { from: Result | null; to: Result; count: number }[]
  },
): List[] {
  const sum = (keep: (move: (typeof moves)[number]) => boolean) =>
    moves.filter(keep).reduce((total, move) => total + move.count, 0)
  return results
    .map(result => ({
      label: names[result],
      before: before[result] ?? 0,
      after: after[result] ?? 0,
      entering: sum(move => move.to === result),
      leaving: sum(move => move.from === result),
    }))
    .filter(list => list.before + list.after > 0)
}

export default function ScenarioPage() {
  const { scenario, differences, officials, collectives, people, units, next } = useLoaderData<typeof loader>()
  const base = `/danh-gia/phuong-an/${scenario.id}`
  return (
    <div className="stack">
      <PageHeading
        title={scenario.name}
        note={`Từ ${versionName(scenario).toLowerCase()} · ${formatInstant(scenario.createdAt)} · ${scenario.createdBy}`}
        breadcrumbs={[{ to: '/danh-gia/phuong-an', label: 'Phương án tính thử' }]}
      />
      {scenario.isOutdated ? <Notice kind="warning">Bản tính thử đã được tính lại sau phương án này.</Notice> : null}
      <Notice title={differences.length === 0 ? 'Không đổi tham số nào' : 'Tham số thay đổi'}>
        {differences.map(line => (
          <p key={line}>{line}</p>
        ))}
      </Notice>
      {scenario.isComputed ? null : (
        <Notice>
          Phương án đang được tính. <Link to={base}>Xem lại</Link>
        </Notice>
      )}
      <div className="columns">
        <Lists title="Cá nhân" lists={officials} />
        <Lists title="Tập thể" lists={collectives} />
      </div>
      {units.length === 0 ? null : (
        <Sheet title="Tập thể chuyển danh sách">
          <RowList>
            {units.map(row => (
              <Row
                key={row.id}
                title={row.name}
                detail={`${collectivePreviewLabels[row.from]} → ${collectivePreviewLabels[row.to]}`}
              />
            ))}
          </RowList>
        </Sheet>
      )}
      {people.length === 0 && next === null ? null : (
        <Sheet title="Người chuyển danh sách" note="Trong phạm vi anh/chị được xem">
          <RowList>
            {people.map(row => (
              <Row
                key={row.id}
                title={<Link to={`/can-bo/${row.id}`}>{row.name}</Link>}
                detail={row.unitName}
                aside={`${officialPreviewLabels[row.from]} → ${officialPreviewLabels[row.to]}`}
              />
            ))}
          </RowList>
          <Pager
            label={`${formatNumber(people.length)} người trong trang này`}
            nextTo={next === null ? undefined : scenarioPage.to(base, { start: next })}
          />
        </Sheet>
      )}
    </div>
  )
}

function Lists({ title, lists }: { title: string; lists: readonly List[] }) {
  if (lists.length === 0) return null
  return (
    <Sheet title={title}>
      <DataTable
        caption={`${title}: danh sách trước và sau`}
        rows={lists}
        rowKey={row => row.label}
        empty={null}
        asCards
        columns={[
          { key: 'label', header: 'Danh sách', cell: row => row.label },
          { key: 'before', header: 'Bản gốc', align: 'end', cell: row => formatNumber(row.before) },
          { key: 'entering', header: 'Vào', align: 'end', cell: row => formatNumber(row.entering) },
          { key: 'leaving', header: 'Ra', align: 'end', cell: row => formatNumber(row.leaving) },
          { key: 'after', header: 'Theo phương án', align: 'end', cell: row => formatNumber(row.after) },
        ]}
      />
    </Sheet>
  )
}
