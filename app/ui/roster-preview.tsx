import { Form, Link } from '@remix-run/react'
import { choiceWord, type RosterChoice, rowWord } from '#app/domain/roster/choice.ts'
import type { RosterFate } from '#app/domain/roster/plan.ts'
import type { RosterPreviewRow, ShownCandidate } from '#app/domain/roster/preview.ts'
import { type RosterConversion, type RosterNotice, type RowRef, refKey } from '#app/domain/roster/row.ts'
import type { Association } from '#app/domain/vocabulary.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import {
  encodingLabels,
  isRosterCorrection,
  rosterChangeSentence,
  rosterCorrection,
  rosterFates,
  rosterHeaders,
  rosterMoveSentence,
  rosterNoticeSentence,
  rosterProblemSentence,
} from '#app/text/roster.ts'
import { labels } from '#app/text/vocabulary.ts'
import { type Column, DataTable } from './data-table.tsx'
import { EmptyState } from './empty-state.tsx'
import { SubmitButton } from './form.tsx'
import { Row, RowList, Sheet } from './sheet.tsx'
import { Status, type Tone } from './status.tsx'

const TONES: Record<RosterFate, Tone> = {
  problem: 'late',
  proposal: 'check',
  create: 'done',
  update: 'doing',
  unchanged: 'neutral',
}

/** Every row of the page with its fate and, in words, what that means. */
export function PreviewTable({ rows }: { rows: readonly RosterPreviewRow[] }) {
  const sheets = new Set(rows.map(row => row.sheet))
  const columns: Column<RosterPreviewRow>[] = [
    { key: 'name', header: 'Họ và tên', cell: row => row.name ?? 'Chưa đọc được' },
    { key: 'row', header: 'Dòng', cell: row => placeOf(row, sheets.size > 1) },
    { key: 'fate', header: 'Kết quả', cell: row => <Status tone={TONES[row.fate]}>{fateOf(row)}</Status> },
    { key: 'details', header: 'Nội dung', cell: row => <Details row={row} /> },
  ]
  return (
    <DataTable
      caption="Các dòng trong tệp"
      columns={columns}
      rows={rows}
      rowKey={refKey}
      empty={<EmptyState title="Không có dòng nào ở đây">Anh/chị chọn mục khác ở trên.</EmptyState>}
      asCards
    />
  )
}

/** A row that writes a person's details otherwise corrects them. */
function fateOf(row: RosterPreviewRow): string {
  const isCorrection = row.fate === 'update' && row.changes.some(isRosterCorrection)
  return isCorrection ? rosterCorrection : rosterFates[row.fate]
}

function placeOf({ sheet, row }: RowRef, hasSheets: boolean): string {
  return hasSheets ? `${row}, trang “${sheet}”` : String(row)
}

function Details({ row }: { row: RosterPreviewRow }) {
  const lines = linesOf(row)
  if (lines.length === 1) return lines[0]
  return (
    <ul>
      {lines.map(line => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

function linesOf(row: RosterPreviewRow): string[] {
  switch (row.fate) {
    case 'create':
      return [
        personLine(row),
        [labels.category[row.category], row.position, row.unitName].filter(Boolean).join(', '),
        ...(row.role ? [rosterChangeSentence({ field: 'role', from: null, to: row.role })] : []),
        ...membershipLines(row.joins, []),
      ]
    case 'update': {
      const hasDay = row.changes.some(({ field }) => field === 'birthOn')
      const changes = row.changes.filter(({ field }) => !(hasDay && field === 'birthYear'))
      return [
        ...changes.map(rosterChangeSentence),
        ...membershipLines(row.joins, row.leaves),
        ...row.offers.map(offerSentence),
        ...(row.movesTo === null ? [] : [rosterMoveSentence(row.movesTo)]),
      ]
    }
    case 'unchanged':
      return [row.repeats ? `Cùng một người với dòng ${row.repeats.row}, trang “${row.repeats.sheet}”` : 'Như đang có']
    case 'proposal':
      return ['Có thể là người đã có trong phần mềm hoặc ở dòng khác.']
    case 'problem':
      return row.problems.map(rosterProblemSentence)
  }
}

/** By what somebody sees that a new person is who they meant: sex, birth, last digits. */
function personLine({ sex, birthOn, birthYear, numberTail }: Extract<RosterPreviewRow, { fate: 'create' }>): string {
  const birth = birthOn === null ? birthYear : formatDay(birthOn)
  const words = [
    sex === null ? 'chưa rõ giới tính' : labels.sex[sex].toLowerCase(),
    birth === null ? 'chưa có năm sinh' : `sinh ${birth}`,
    numberTail === null ? 'chưa có số định danh' : `số định danh …${numberTail}`,
  ]
  return `${words.join(', ')}`.replace(/^./u, first => first.toUpperCase())
}

function membershipLines(joins: readonly Association[], leaves: readonly Association[]): string[] {
  const names = (list: readonly Association[]) => list.map(word => labels.association[word]).join(', ')
  return [
    ...(joins.length > 0 ? [`Ghi là thành viên: ${names(joins)}`] : []),
    ...(leaves.length > 0 ? [`Thôi là thành viên: ${names(leaves)}`] : []),
  ]
}

const offerSentence = (word: Association) =>
  `Mời vào ${labels.association[word]}: người này thuộc đơn vị khác, được ghi khi họ hoặc đơn vị của họ đồng ý`

/** Asks who is meant by each ambiguous row; rows without an answer stay open. */
export function ProposalForm({ rows, action }: { rows: readonly RosterPreviewRow[]; action: string }) {
  const open = rows.flatMap(row => (row.fate === 'proposal' ? [row] : []))
  if (open.length === 0) return null
  return (
    <Form method="post" action={action} className="stack">
      <p>Danh sách không ghi số định danh hoặc mã cán bộ của những người sau. Anh/chị cho biết đó là ai.</p>
      {open.map(row => (
        <fieldset key={refKey(row)} className="field">
          <legend>
            {row.name} <span className="small">(dòng {placeOf(row, true)})</span>
          </legend>
          {row.candidates.map(candidate => (
            <Choice key={choiceWord(candidate.choice)} row={row} choice={candidate.choice}>
              {candidateText(candidate)}
            </Choice>
          ))}
          <Choice row={row} choice="new">
            Là người khác, thêm mới
          </Choice>
        </fieldset>
      ))}
      <div className="actions">
        <SubmitButton action={action} pendingLabel="Đang lưu lựa chọn…">
          Lưu lựa chọn
        </SubmitButton>
      </div>
    </Form>
  )
}

function Choice({ row, choice, children }: { row: RowRef; choice: RosterChoice; children: string }) {
  return (
    <label className="choice">
      <input type="radio" name={rowWord(row)} value={choiceWord(choice)} />
      <span>{children}</span>
    </label>
  )
}

function candidateText(candidate: ShownCandidate): string {
  if ('sameAs' in candidate) {
    const { sheet, row, name } = candidate.sameAs
    return `Cùng một người với ${name} ở dòng ${row}, trang “${sheet}”`
  }
  const { name, birthOn, birthYear, hamlet, position, unitName } = candidate.known
  const birth = birthOn === null ? birthYear : formatDay(birthOn)
  return [`Là ${name}`, birth === null ? '' : `sinh ${birth}`, hamlet, position, unitName].filter(Boolean).join(', ')
}

const CONVERSIONS_SHOWN = 10

type Converted = RosterConversion & { cells: number }

/** Keeps each text of a column once, at its first cell, with the number of its cells. */
function onceEach(conversions: readonly RosterConversion[]): Converted[] {
  const found = new Map<string, Converted>()
  for (const conversion of conversions) {
    const key = `${conversion.column} ${conversion.from}`
    const earlier = found.get(key)
    if (earlier) earlier.cells += 1
    else found.set(key, { ...conversion, cells: 1 })
  }
  return [...found.values()]
}

/** Shows what was written in an encoding from before Unicode, and how it was read. `allTo` shows the rest. */
export function Conversions({
  conversions,
  showsAll,
  allTo,
}: {
  conversions: readonly RosterConversion[]
  showsAll: boolean
  allTo: string
}) {
  if (conversions.length === 0) return null
  const encodings = [...new Set(conversions.map(({ encoding }) => encodingLabels[encoding]))].join(', ')
  const texts = onceEach(conversions)
  const shown = showsAll ? texts : texts.slice(0, CONVERSIONS_SHOWN)
  return (
    <Sheet
      title="Chữ được chuyển sang Unicode"
      note={`${formatNumber(conversions.length)} ô viết bằng bảng mã ${encodings}. Anh/chị xem cột “Đọc là” đã đúng chưa.`}
    >
      <DataTable
        caption="Chữ được chuyển sang Unicode"
        columns={[
          { key: 'to', header: 'Đọc là', cell: ({ to }) => to },
          { key: 'from', header: 'Trong tệp', cell: ({ from }) => from },
          { key: 'column', header: 'Cột', cell: ({ column }) => rosterHeaders[column].header },
          {
            key: 'row',
            header: 'Dòng',
            cell: ({ cells, ...ref }) => `${placeOf(ref, true)}${cells > 1 ? ` và ${cells - 1} dòng khác` : ''}`,
          },
        ]}
        rows={shown}
        rowKey={({ column, ...ref }) => `${column} ${refKey(ref)}`}
        empty={null}
        asCards
      />
      {shown.length < texts.length ? (
        <p>
          <Link to={allTo} preventScrollReset>
            Xem cả {formatNumber(texts.length)} cách ghi
          </Link>
        </p>
      ) : null}
    </Sheet>
  )
}

/** Shows what reading left out or noticed; none of these block applying. */
export function Notices({ notices }: { notices: readonly RosterNotice[] }) {
  if (notices.length === 0) return null
  return (
    <Sheet title="Ghi nhận khi đọc tệp">
      <RowList>
        {notices.map(notice => (
          <Row key={`${notice.kind} ${refKey(notice)}`} title={rosterNoticeSentence(notice)} />
        ))}
      </RowList>
    </Sheet>
  )
}
