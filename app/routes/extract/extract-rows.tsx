import { PASSED_OVER } from '#app/domain/extract.ts'
import { grouped } from '#app/domain/grouping.ts'
import type { UnknownWord } from '#app/domain/police-word.ts'
import type { FoundExtract } from '#app/queries/extract.server.ts'
import { capitalize } from '#app/text/board.ts'
import { explainReason, nameRow, passedRows } from '#app/text/extract.ts'
import { formatNumber } from '#app/text/format.ts'
import { nameRows } from '#app/text/mending.ts'
import { NUMBER_ABROAD } from '#app/text/number.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { ProblemGroups } from '#app/ui/problem-groups.tsx'
import { Sheet } from '#app/ui/sheet.tsx'

type Summary = FoundExtract['summary']

/** What became of an extract's rows that are not simply taken: not read, not understood, taken with a warning. */
export function ExtractRows({ extract: { id, summary, isOpen, allowed } }: { extract: FoundExtract }) {
  const { counts, asks, abroad, passed } = summary
  return (
    <>
      {counts && counts.problems > 0 ? (
        <Sheet title={`${formatNumber(counts.problems)} dòng không lấy được`}>
          <ExtractProblems summary={summary} />
        </Sheet>
      ) : null}
      {isOpen && allowed.manage ? <OpenWords words={asks?.words ?? []} to={`/doi-chieu/${id}/cot`} /> : null}
      {abroad && abroad.rows > 0 ? (
        <Notice kind="warning" title={`${formatNumber(abroad.rows)} dòng vẫn được lấy, cần xem lại số định danh`}>
          {NUMBER_ABROAD}{' '}
          {capitalize(
            nameRows(
              abroad.named.map(row => formatNumber(row)),
              abroad.rows,
            ),
          )}
          .
        </Notice>
      ) : null}
      {passed ? <PassedRows passed={passed} /> : null}
    </>
  )
}

/** Rows that are no person's, or that stay hidden, so that the uploader can see that nobody is among them. */
function PassedRows({ passed }: { passed: NonNullable<Summary['passed']> }) {
  const kinds = [...PASSED_OVER, 'hidden' as const].filter(kind => passed[kind].rows > 0)
  if (kinds.length === 0) return null
  return (
    <Sheet title="Dòng không đọc">
      <ProblemGroups
        groups={kinds.map(kind => ({
          word: kind,
          text: passedRows[kind],
          rows: passed[kind].rows,
          detail: capitalize(
            nameRows(
              passed[kind].named.map(row => formatNumber(row)),
              passed[kind].rows,
            ),
          ),
        }))}
      />
    </Sheet>
  )
}

/** The rows that were not taken, equal problems together. Of a file read by an older version the first ones alone. */
function ExtractProblems({ summary: { problems = [], groups } }: { summary: Summary }) {
  const named = grouped(problems, ({ reason }) => reason)
  const counted = groups ?? [...named].map(([reason, rows]) => ({ reason, rows: rows.length }))
  return (
    <ProblemGroups
      groups={counted.map(({ reason, rows }) => ({
        word: reason,
        text: explainReason(reason),
        rows,
        detail: nameRows((named.get(reason) ?? []).map(nameRow), rows),
      }))}
    />
  )
}

/** Words that were left open, with how many rows bear each; explained once, they are read in every file of the source. */
function OpenWords({ words, to }: { words: readonly UnknownWord[]; to: string }) {
  return (
    <Sheet title="Chữ chưa hiểu ở cột trạng thái">
      <ProblemGroups groups={words.map(({ word, rows }) => ({ word, text: `“${word}”`, rows }))} />
      <ButtonLink variant="quiet" to={to}>
        Cho biết nghĩa của các chữ này
      </ButtonLink>
    </Sheet>
  )
}
