import { Form, Link } from '@remix-run/react'
import type { ListFigures } from '#app/domain/assignment.ts'
import type { Day } from '#app/domain/calendar.ts'
import { formatDay, formatInstant, formatNumber, formatParts, formatShortDay } from '#app/text/format.ts'
import { Button } from './button.tsx'
import { BarList } from './chart.tsx'
import { type Choice, ChoiceList } from './choice-list.tsx'
import { DataTable } from './data-table.tsx'
import { EmptyState } from './empty-state.tsx'
import { Figure, FigureRow } from './figure.tsx'
import { Row, RowList, Sheet } from './sheet.tsx'

/** Shows the figures of a unit's lists, and the daily quota from what is open and the days left. */
export function ListFigureRow({
  figures,
  quota,
  doneToday,
  endsOn,
}: {
  figures: ListFigures & { unshared: number }
  quota: number | null
  doneToday: number
  endsOn: Day
}) {
  return (
    <FigureRow>
      <Figure label="Đã hỗ trợ / trong danh sách" value={formatParts(figures.done, figures.total)}>
        {`Không đồng ý ${formatNumber(figures.refused)}, không gặp được ${formatNumber(figures.outOfReach)}.`}
      </Figure>
      <Figure label="Còn cần hỗ trợ" value={formatNumber(figures.open)}>
        {figures.unshared === 0
          ? 'Tất cả đã được phân công.'
          : `${formatNumber(figures.unshared)} người chưa phân công cho ai.`}
      </Figure>
      <Figure
        label="Hôm nay / cần mỗi ngày"
        value={`${formatNumber(doneToday)}/${quota === null ? '–' : formatNumber(quota)}`}
      >
        {quota === null
          ? 'Đợt cao điểm đã kết thúc.'
          : `Số còn lại chia đều cho các ngày đến hết ${formatDay(endsOn)}, làm tròn lên.`}
      </Figure>
    </FigureRow>
  )
}

type Part = ListFigures & { key: string; label: string; unshared: number; to: string }

/** The figures by hamlet, or by unit where there are several; `what` names the parts. */
export function ListParts({ parts, what }: { parts: readonly Part[]; what: string }) {
  const count = (header: string, key: 'total' | 'done' | 'open' | 'unshared' | 'refused' | 'outOfReach') => ({
    key,
    header,
    align: 'end' as const,
    cell: (row: Part) => formatNumber(row[key]),
  })
  return (
    <Sheet title={`Theo ${what}`}>
      <DataTable
        caption={`Danh sách theo ${what}`}
        rows={parts}
        rowKey={row => row.key}
        empty={<EmptyState title="Chưa có danh sách">Đơn vị chưa nhập danh sách người dân cần hỗ trợ.</EmptyState>}
        columns={[
          {
            key: 'label',
            header: what.replace(/^./, letter => letter.toUpperCase()),
            cell: row => <Link to={row.to}>{row.label}</Link>,
          },
          count('Danh sách', 'total'),
          count('Đã hỗ trợ', 'done'),
          count('Còn lại', 'open'),
          count('Chưa phân công', 'unshared'),
          count('Không đồng ý', 'refused'),
          count('Không gặp được', 'outOfReach'),
        ]}
      />
    </Sheet>
  )
}

/** Shows who was done on each of the last days, beside what each day requires. */
export function ListDays({ days, quota }: { days: readonly { day: Day; done: number }[]; quota: number | null }) {
  return (
    <Sheet title="Theo ngày" note={quota === null ? undefined : `cần ${formatNumber(quota)} người mỗi ngày từ hôm nay`}>
      <BarList
        bars={[...days].reverse().map(({ day, done }) => ({
          key: day,
          label: formatShortDay(day),
          value: done,
          text: `${formatNumber(done)} người`,
        }))}
      />
    </Sheet>
  )
}

type Bearer = { key: string; name: string; open: number; done: number }

/** How much each official or team still has and has done, with the ways to their part; nothing without bearers. */
export function BearersSheet({ bearers, base }: { bearers: readonly Bearer[]; base: string }) {
  if (bearers.length === 0) return null
  return (
    <Sheet title="Theo người, tổ" note={`${formatNumber(bearers.length)} người, tổ được phân công`}>
      <details className="disclosure">
        <summary>Xem từng người, tổ</summary>
        <RowList>
          {bearers.map(row => (
            <Row
              key={row.key}
              title={<Link to={`${base}?ai=${row.key}`}>{row.name}</Link>}
              detail={`Còn ${formatNumber(row.open)}, đã hỗ trợ ${formatNumber(row.done)}`}
              aside={
                row.open > 0 ? (
                  <Link to={`${base}/chia?tu=${row.key}`}>
                    Chia lại<span className="visually-hidden"> phần của {row.name}</span>
                  </Link>
                ) : undefined
              }
            />
          ))}
        </RowList>
      </details>
    </Sheet>
  )
}

type Import = {
  id: number
  name: string
  legalBasis: string
  importedBy: string
  importedAt: number
  unitName: string
  citizens: number
  purgedAt: number | null
}

/** Every import with its legal basis; nothing before the first. */
export function ListsSheet({ lists, isSplitByUnit }: { lists: readonly Import[]; isSplitByUnit: boolean }) {
  if (lists.length === 0) return null
  return (
    <Sheet title="Các lần nhập">
      <RowList>
        {lists.map(list => (
          <Row
            key={list.id}
            title={list.name}
            detail={`Căn cứ: ${list.legalBasis}. ${list.importedBy} nhập lúc ${formatInstant(list.importedAt)}${isSplitByUnit ? `, ${list.unitName}` : ''}.`}
            aside={list.purgedAt === null ? `${formatNumber(list.citizens)} người` : 'Đã xóa dữ liệu người dân'}
          />
        ))}
      </RowList>
    </Sheet>
  )
}

/** The citizens of a list, to tick for sharing where `base` is the list's address; null: the reader shares nothing. */
export function CitizenRows({
  choices,
  isNarrowed,
  base,
}: {
  choices: readonly Choice[]
  isNarrowed: boolean
  base: string | null
}) {
  if (choices.length === 0)
    return (
      <EmptyState title={isNarrowed ? 'Không có ai phù hợp' : 'Chưa có danh sách'}>
        {isNarrowed
          ? 'Anh/chị bỏ bớt điều kiện lọc hoặc tìm tên khác.'
          : 'Anh/chị nhập danh sách người dân còn thiếu căn cước, tài khoản định danh hoặc SIM chính chủ.'}
      </EmptyState>
    )
  if (base === null)
    return (
      <RowList>
        {choices.map(({ id, title, to, detail, aside }) => (
          <Row key={id} title={to === undefined ? title : <Link to={to}>{title}</Link>} detail={detail} aside={aside} />
        ))}
      </RowList>
    )
  return (
    <Form method="get" action={`${base}/chia`}>
      <ChoiceList choices={choices}>
        <Button type="submit" variant="quiet" name="cach" value="by_hand">
          Phân công người đã chọn
        </Button>
        <Button type="submit" variant="quiet" formAction={`${base}/giay-moi`}>
          Làm giấy mời
        </Button>
      </ChoiceList>
    </Form>
  )
}
