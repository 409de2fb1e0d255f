import { Form, Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { groupWord, sharedName } from '#app/domain/mending.ts'
import { formatNumber } from '#app/text/format.ts'
import { SubmitButton } from './form.tsx'
import { PlainField } from './plain-field.tsx'
import { ProblemGroups } from './problem-groups.tsx'

/** One cell as it can be written again; `choices` are offered, other words may be typed. */
export type MendField = {
  name: string
  label: string
  value: string
  error?: string
  hint?: string
  choices?: readonly string[]
  isNumeric?: boolean
}

/** A row to be mended; `problems` are those that none of its fields shows. */
type MendRow = {
  key: string
  title: ReactNode
  detail: ReactNode
  problems: readonly string[]
  /** what is said of a row that does not keep it back */
  notes?: readonly string[]
  fields: readonly MendField[]
  /** the box that leaves the row out of the list; undefined: it cannot be left out here */
  leftName?: string
}

/** A problem that rows share; `to` shows them alone, `field` writes one text into the cell of each. */
type MendGroup = { word: string; text: string; rows: number; to: string; isCurrent: boolean; field?: MendField }

type SharedProblem = { column: string | null; reason: string }

/** What mending says of one kind of list. */
export type MendWords<Column extends string, Problem extends SharedProblem> = {
  headers: Record<Column, { header: string }>
  /** words that a column takes */
  choices: Partial<Record<Column, readonly string[]>>
  /** columns of digits */
  numeric: readonly Column[]
  /** the cell into which one text for all rows with a problem goes; undefined: they are mended one by one */
  sharedIn: (problem: Problem) => Column | undefined
  sentenceOf: (problem: Problem) => string
}

type FieldWords<Column extends string> = Pick<MendWords<Column, never>, 'headers' | 'choices' | 'numeric'>

/** A blank field for a cell of `column`, under the name `name`. */
export const mendField = <Column extends string>(
  { headers, choices, numeric }: FieldWords<Column>,
  name: string,
  column: Column,
): MendField => ({
  name,
  label: headers[column].header,
  value: '',
  choices: choices[column],
  isNumeric: numeric.includes(column),
})

/** Each problem that rows share, with the field that mends all of them; `group` is the one whose rows are shown. */
export function mendGroups<Column extends string, Problem extends SharedProblem>(
  groups: readonly (Problem & { rows: number })[],
  words: MendWords<Column, Problem>,
  { group, addressOf }: { group: string; addressOf: (group: string) => string },
): MendGroup[] {
  return groups.map(problem => {
    const word = groupWord(problem)
    const column = problem.rows > 1 ? words.sharedIn(problem) : undefined
    const field = column && {
      ...mendField(words, sharedName(column, word), column),
      label: `${words.headers[column].header} của cả ${formatNumber(problem.rows)} dòng`,
    }
    return {
      word,
      text: words.sentenceOf(problem),
      rows: problem.rows,
      to: addressOf(word),
      isCurrent: word === group,
      field,
    }
  })
}

/**
 * Mends rows where they are shown, without script too: the problems with how many rows have each, then the rows. It is
 * one form, so that nothing typed in another row is lost; what it sends is checked again. `allTo` shows every row where
 * one problem was chosen.
 */
export function MendForm({
  action,
  groups,
  rows,
  allTo,
}: {
  action: string
  groups: readonly MendGroup[]
  rows: readonly MendRow[]
  allTo: string
}) {
  const fields = [...groups.flatMap(({ field }) => field ?? []), ...rows.flatMap(row => row.fields)]
  const choices = new Map(fields.flatMap(field => (field.choices ? [[field.label, field.choices] as const] : [])))
  const listOf = (label: string) => `chon-${[...choices.keys()].indexOf(label)}`
  const button = (
    <div className="actions">
      <SubmitButton action={action} pendingLabel="Đang kiểm tra…">
        Lưu và kiểm tra lại
      </SubmitButton>
    </div>
  )
  return (
    <Form method="post" action={action} className="stack" key={rows.map(({ key }) => key).join()}>
      {[...choices].map(([label, words]) => (
        <datalist key={label} id={listOf(label)}>
          {words.map(word => (
            <option key={word} value={word} />
          ))}
        </datalist>
      ))}
      <ProblemGroups
        groups={groups.map(({ to, isCurrent, field, ...group }) => ({
          ...group,
          detail: field ? <Cell field={field} listOf={listOf} /> : undefined,
          aside: isCurrent || groups.length === 1 ? undefined : <Link to={to}>Chỉ xem các dòng này</Link>,
        }))}
      />
      {groups.some(({ field }) => field) ? button : null}
      {groups.some(({ isCurrent }) => isCurrent) ? <Link to={allTo}>Xem mọi dòng cần sửa</Link> : null}
      {rows.map(row => (
        <fieldset key={row.key} className="mend-row">
          <legend>{row.title}</legend>
          <p className="small">{row.detail}</p>
          {row.notes?.map(note => (
            <p key={note} className="small">
              {note}
            </p>
          ))}
          {row.problems.map(problem => (
            <p key={problem} className="error">
              {problem}
            </p>
          ))}
          <div className="mend-fields">
            {row.fields.map(field => (
              <Cell key={field.name} field={field} listOf={listOf} />
            ))}
          </div>
          {row.leftName === undefined ? null : (
            <label className="choice">
              <input type="checkbox" name={row.leftName} />
              <span>Bỏ dòng này khỏi danh sách</span>
            </label>
          )}
        </fieldset>
      ))}
      {rows.some(row => row.fields.length > 0 || row.leftName !== undefined) ? button : null}
    </Form>
  )
}

function Cell({
  field: { name, label, value, error, hint, choices, isNumeric = false },
  listOf,
}: {
  field: MendField
  listOf: (label: string) => string
}) {
  return (
    <PlainField
      name={name}
      label={
        <>
          {label}
          {hint === undefined ? null : <span className="hint block">{hint}</span>}
        </>
      }
      error={error}
    >
      {control => (
        <input
          {...control}
          defaultValue={value}
          autoComplete="off"
          spellCheck={false}
          inputMode={isNumeric ? 'numeric' : undefined}
          list={choices ? listOf(label) : undefined}
        />
      )}
    </PlainField>
  )
}
