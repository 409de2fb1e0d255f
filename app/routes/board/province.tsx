import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { campaignDay, dailyTarget, requiredBy } from '#app/domain/pace.ts'
import { partSums } from '#app/domain/part-sums.ts'
import { previewPage } from '#app/domain/preview-page.ts'
import { PART_BASES } from '#app/domain/vocabulary.ts'
import type { Figures } from '#app/queries/aggregate.server.ts'
import { figuresInMotion } from '#app/queries/job.server.ts'
import { dimensionLabels, dimensionNotes, partSumLabels, placementNote } from '#app/text/board.ts'
import { formatAsOf, formatNumber, formatShare } from '#app/text/format.ts'
import { BasisFacts } from '#app/ui/basis-facts.tsx'
import { BoardTable } from '#app/ui/board-table.tsx'
import { BoardViews } from '#app/ui/board-views.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { CountFigure, Figure, FigureRow, Share } from '#app/ui/figure.tsx'
import { FiguresInMotion } from '#app/ui/figures-in-motion.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { NO_SCRIPT } from '#app/ui/page-handle.ts'
import { Pager } from '#app/ui/pager.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { useTerms } from '#app/ui/terms.ts'
import { Views } from '#app/ui/views.tsx'
import { reads } from '../_web/visit.server.ts'
import { labelOf, readBoard } from './board.server.ts'
import { boardPage } from './params.ts'

export const handle = NO_SCRIPT
export const meta: MetaFunction = () => [{ title: 'Tổng hợp · 4 phủ' }]

const REST = 'rest'

export const loader = reads((visit, { url }) => {
  const { campaign, regulation, today, at } = visit
  const { total, rows, rest, ...board } = readBoard(visit, url)
  const { dimension, hasPeople } = board
  const shown = boardPage.read(url)
  const lines = rows.map(row => ({
    ...lineOf(row, hasPeople),
    key: row.key,
    label: labelOf(dimension, row),
    to: addressOf(dimension, row.key),
  }))
  const share = (line: (typeof lines)[number]) => line.counted / Math.max(1, line.people?.targets ?? 0)
  const missing = (line: (typeof lines)[number]) => Math.max(0, (line.people?.targets ?? 0) - line.counted)
  if (shown.order === 'share' && hasPeople) lines.sort((a, b) => share(b) - share(a))
  if (shown.order === 'missing' && hasPeople) lines.sort((a, b) => missing(b) - missing(a))
  const hasRest = rest !== null && (rest.people.officials > 0 || rest.help.reported > 0)
  const { targets } = total.people
  const all = hasRest
    ? [...lines, { ...lineOf(rest, true), key: REST, label: `Trực tiếp tại ${board.unit.name}` }]
    : lines
  const page = previewPage(all, { from: shown.from ?? 0, isMended: false })
  const pageFrom = (from: number | null) => boardPage.to('/tong-hop', { ...shown, from: from ?? undefined })
  return {
    ...board,
    asOf: formatAsOf(at),
    motion: figuresInMotion(campaign.id),
    order: shown.order,
    total,
    pace: requiredBy(campaignDay(today, regulation), { total: targets, daily: dailyTarget(targets, regulation) }),
    lines: page.rows,
    count: all.length,
    previousTo: page.previous === null ? undefined : pageFrom(page.previous),
    nextTo: page.next === null ? undefined : pageFrom(page.next),
  }
})

function lineOf({ help, people }: Figures, hasPeople: boolean) {
  const { reported, counted, verified, byUnit } = help
  const { officials, targets, quotaBearers, reached, obligationBearers, allMet } = people
  return {
    reported,
    counted,
    verified,
    byUnit,
    people: hasPeople ? { officials, targets, quotaBearers, reached, obligationBearers, allMet } : undefined,
  }
}

function addressOf(dimension: keyof typeof dimensionLabels, key: string): string | undefined {
  if (dimension === 'unit') return `/tong-hop?don-vi=${key}`
  if (dimension === 'chapter') return `/doan-the/${key}`
  return dimension === 'locality' ? `/dia-ban/${key}` : undefined
}

const formatPair = (part: number, whole: number) => `${formatNumber(part)}/${formatNumber(whole)}`

export default function BoardPage() {
  const { unit, above, scopes, dimensions, dimension, total, lines, asOf, ...page } = useLoaderData<typeof loader>()
  const { people } = total
  const { parts, names } = useTerms()
  const partRows = partSums(people, { parts }).map(sums => ({ ...sums, label: names.part[sums.part] }))
  const query = `theo=${dimensionLabels[dimension].slug}&don-vi=${unit.id}`
  const isTop = scopes.some(scope => scope.id === unit.id)
  return (
    <div className="stack">
      <PageHeading
        title={`Tổng hợp: ${unit.name}`}
        note={asOf}
        breadcrumbs={above.map(({ id, name }) => ({ to: `/tong-hop?don-vi=${id}`, label: name }))}
        actions={
          <ButtonLink variant="quiet" to={`/tong-hop.xlsx?${query}`} reloadDocument>
            Tải bảng tính
          </ButtonLink>
        }
      />
      <BoardViews current="sums" unitId={unit.id} localityCode={unit.governs} />
      <FiguresInMotion motion={page.motion} />
      {scopes.length > 1 && isTop ? (
        <Views
          label="Phạm vi"
          views={scopes.map(({ id, name }) => ({
            to: `/tong-hop?don-vi=${id}`,
            label: name,
            isCurrent: id === unit.id,
          }))}
        />
      ) : null}
      <FigureRow>
        <CountFigure
          label="Người dân được hỗ trợ"
          reported={total.help.reported}
          counted={total.help.counted}
          verified={total.help.verified}
          target={total.people.targets}
          pace={page.pace}
          note={`Chờ đơn vị xác nhận ${formatNumber(total.help.awaiting)}`}
        />
        <Figure label="Người đạt chỉ tiêu" value={formatPair(people.reached, people.quotaBearers)}>
          {`${formatShare(people.reached, people.quotaBearers)} người có chỉ tiêu. ${formatNumber(people.officials)} người thực hiện; ${formatNumber(people.idle)} người có chỉ tiêu chưa ghi trường hợp nào.`}
        </Figure>
        {parts.length === 0 ? null : (
          <Figure label="Người đạt đủ nội dung bản thân" value={formatPair(people.allMet, people.obligationBearers)}>
            {`${formatShare(people.allMet, people.obligationBearers)} người phải thực hiện. ${formatNumber(people.awaiting)} nội dung đã kê khai, chờ xác nhận.`}
          </Figure>
        )}
      </FigureRow>
      <Views
        label="Tổng hợp theo"
        views={dimensions.map(word => ({
          to: `/tong-hop?theo=${dimensionLabels[word].slug}&don-vi=${unit.id}`,
          label: dimensionLabels[word].tab,
          isCurrent: word === dimension,
        }))}
      />
      <Sheet title={`Theo ${dimensionLabels[dimension].tab.toLowerCase()}`} note={asOf}>
        <BoardTable
          caption={`${unit.name} theo ${dimensionLabels[dimension].tab.toLowerCase()}`}
          header={dimensionLabels[dimension].header}
          rows={lines}
          shareSort={page.hasPeople ? { to: `?${query}&xep=ty-le`, isSorted: page.order === 'share' } : undefined}
          missingSort={page.hasPeople ? { to: `?${query}&xep=thieu`, isSorted: page.order === 'missing' } : undefined}
          empty={
            <EmptyState
              title={dimension === 'chapter' ? 'Chưa có tổ chức đoàn thể tại đơn vị' : 'Không có đơn vị trực thuộc'}
            >
              Số của đơn vị ở phía trên. <Link to={`/don-vi/${unit.id}`}>Xem từng người thực hiện</Link>
            </EmptyState>
          }
        />
        {(page.previousTo ?? page.nextTo) ? (
          <Pager
            label={`${formatNumber(lines.length)} trong ${formatNumber(page.count)} dòng`}
            previousTo={page.previousTo}
            nextTo={page.nextTo}
          />
        ) : null}
        <p className="small">
          {dimensionNotes[dimension]} {page.hasPeople ? placementNote : null}
        </p>
      </Sheet>
      <Sheet title="Số được tính dựa vào" note={`${unit.name}, căn cứ mạnh nhất của mỗi trường hợp`}>
        <BasisFacts help={total.help} />
      </Sheet>
      {parts.length === 0 ? null : (
        <Sheet title="Nội dung bản thân thực hiện" note={unit.name}>
          <DataTable
            caption="Nội dung bản thân thực hiện"
            rows={partRows}
            rowKey={row => row.part}
            empty={null}
            asCards
            columns={[
              { key: 'part', header: 'Nội dung', cell: row => row.label },
              ...(['declared', 'confirmed', 'met'] as const).map(step => ({
                key: step,
                header: partSumLabels[step],
                align: 'end' as const,
                cell: (row: (typeof partRows)[number]) => <Share part={row[step]} whole={row.bearers} />,
              })),
              ...PART_BASES.map(basis => ({
                key: basis,
                header: partSumLabels[basis],
                align: 'end' as const,
                cell: (row: (typeof partRows)[number]) => {
                  const sum = row[basis]
                  return sum === null ? '–' : formatNumber(sum)
                },
              })),
            ]}
          />
          <p className="small">
            Tỷ lệ tính trên số người phải thực hiện từng nội dung, không kể người được miễn. Ba cột cuối cho biết số đạt
            dựa vào đâu.
          </p>
        </Sheet>
      )}
    </div>
  )
}
