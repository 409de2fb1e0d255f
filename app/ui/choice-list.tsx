import type { SubmissionResult } from '@conform-to/react'
import { Form, Link } from '@remix-run/react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { grouped } from '#app/domain/grouping.ts'
import { formatNumber } from '#app/text/format.ts'
import { Button } from './button.tsx'
import { Confirm } from './confirm.tsx'
import { SubmitButton } from './form.tsx'

/**
 * One line that can be ticked. `name` describes it for readers who do not see the line; without one its own words do. In it,
 * `<small>` is a line of its own.
 */
export type Choice = {
  id: number
  /** what the form sends for the line, if other than its id */
  value?: string
  name?: string
  /** no link: the whole line ticks; `to` leads to the line's own page */
  title: ReactNode
  detail?: ReactNode
  aside?: ReactNode
  /** the page behind the line */
  to?: string
  /** what several lines have in common, so that they are ticked at once: a person, a unit, a hamlet */
  group?: string
  isFixed?: boolean
}

/** Boxes of the lines that can be ticked. */
const boxesIn = (place: Element) => [...place.querySelectorAll<HTMLInputElement>('input[name="chon"]:enabled')]

/**
 * Lists lines to tick, one checkbox `chon` each; the whole line is the box's label. Fixed lines cannot be ticked. Used
 * within a form; `ticked`: the ids ticked at first; `children`: the acts, in a bar that stays in sight. With a script
 * the bar counts and a whole group is ticked at once; without one it is an ordinary form.
 */
export function ChoiceList({
  choices,
  ticked = [],
  isGrouped,
  children,
}: {
  choices: readonly Choice[]
  /** groups are shown however small they are */
  isGrouped?: boolean
  ticked?: readonly number[] | 'all'
  children?: ReactNode
}) {
  const place = useRef<HTMLDivElement>(null)
  const [count, setCount] = useState<number | null>(null)
  const recount = () => setCount(place.current === null ? null : showTicked(place.current))
  // a browser keeps ticks over a reload, and lines leave the list with what is done
  useEffect(recount)
  const open = choices.filter(choice => !choice.isFixed).length
  const groups = groupsOf(choices, isGrouped)
  return (
    <div ref={place} onChange={recount} className="choice-list">
      {open < 2 ? null : <GroupBox label={`Chọn cả ${formatNumber(open)} mục dưới đây`} />}
      {groups.map(([group, lines]) => (
        <div key={group} className={groups.length > 1 ? 'choice-group' : undefined}>
          {groups.length > 1 ? <GroupHead group={group} lines={lines} /> : null}
          <ul className="rows ticks">
            {lines.map(choice => (
              <Line key={choice.id} choice={choice} isTicked={ticked === 'all' || ticked.includes(choice.id)} />
            ))}
          </ul>
        </div>
      ))}
      {children === undefined ? null : (
        <div className="choice-bar">
          <p className="small scripted" role="status">
            {count === null ? '' : `Đã chọn ${formatNumber(count)}/${formatNumber(open)}`}
          </p>
          <div className="actions">{children}</div>
        </div>
      )}
    </div>
  )
}

/** Shows on the boxes of groups what is ticked in each; returns how many lines are ticked in all. */
function showTicked(place: Element): number {
  for (const box of place.querySelectorAll<HTMLInputElement>('input.choice-all')) {
    const boxes = boxesIn(box.closest('.choice-group') ?? place)
    const count = boxes.filter(({ checked }) => checked).length
    box.checked = count > 0 && count === boxes.length
    box.indeterminate = count > 0 && count < boxes.length
  }
  return boxesIn(place).filter(({ checked }) => checked).length
}

/** Lines by what they have in common; one group where grouping would only repeat the lines. */
function groupsOf(choices: readonly Choice[], isGrouped = false): [string, readonly Choice[]][] {
  const groups = [...grouped(choices, choice => choice.group ?? '')]
  if (isGrouped) return groups
  return groups.length < 2 || groups.length * 2 > choices.length ? [['', choices]] : groups
}

function GroupHead({ group, lines }: { group: string; lines: readonly Choice[] }) {
  const open = lines.filter(({ isFixed }) => !isFixed).length
  return open < 2 ? (
    <p className="choice-group-name">{group}</p>
  ) : (
    <GroupBox label={`${group || 'Còn lại'} · ${formatNumber(open)}`} />
  )
}

/** Ticks or clears every line of its group; of no use without a script, and then not shown. */
function GroupBox({ label }: { label: string }) {
  return (
    <label className="choice-line choice-head scripted">
      <input
        type="checkbox"
        className="choice-all"
        autoComplete="off"
        onChange={({ currentTarget: box }) => {
          const place = box.closest('.choice-group') ?? box.closest('.choice-list')
          for (const line of place ? boxesIn(place) : []) line.checked = box.checked
        }}
      />
      <span>{label}</span>
    </label>
  )
}

function Line({ choice, isTicked }: { choice: Choice; isTicked: boolean }) {
  const { id, value, name, title, detail, aside, to, isFixed } = choice
  return (
    <li>
      <label>
        <input
          type="checkbox"
          name="chon"
          value={value ?? id}
          aria-label={name}
          disabled={isFixed}
          defaultChecked={isTicked}
        />
        <span>
          {title}
          {detail === undefined || detail === '' ? null : <small>{detail}</small>}
        </span>
      </label>
      {aside === undefined && to === undefined ? null : (
        <div>
          {aside}
          {to === undefined ? null : (
            <Link to={to} aria-label={name && `Xem ${name}`} discover="none">
              Xem
            </Link>
          )}
        </div>
      )}
    </li>
  )
}

/** The ids that a refused form had ticked; for showing it again without JavaScript. */
export function tickedIn(lastResult: SubmissionResult<string[]> | undefined): number[] {
  const sent = lastResult?.initialValue?.chon
  return [sent].flat().flatMap(value => (typeof value === 'string' ? [Number(value)] : []))
}

/**
 * Lines to confirm or to send back. Confirming posts those ticked, or after a question every line shown; sending back
 * leads to a page that asks for the reason.
 */
export function ConfirmList({
  choices,
  confirmTo,
  returnTo,
  noun,
  kept = {},
  isGrouped,
  isDoubtful = false,
}: {
  choices: readonly Choice[]
  confirmTo: string
  returnTo: string
  /** what a line is: "trường hợp" */
  noun: string
  /** what the address of the list says of its place: sending back leads there again */
  kept?: Record<string, string>
  isGrouped?: boolean
  /** a question must be answered first: no button confirms every line at once */
  isDoubtful?: boolean
}) {
  return (
    <>
      <Form method="post" action={confirmTo}>
        {Object.entries(kept).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <ChoiceList choices={choices} isGrouped={isGrouped}>
          <SubmitButton action={confirmTo}>Xác nhận các mục đã chọn</SubmitButton>
          <Button type="submit" variant="quiet" formMethod="get" formAction={returnTo}>
            Trả lại các mục đã chọn
          </Button>
        </ChoiceList>
      </Form>
      {isDoubtful ? null : (
        <SubmitAll
          choices={choices}
          action={confirmTo}
          label={`Xác nhận cả ${choices.length} ${noun}`}
          question={`Xác nhận cả ${choices.length} ${noun} trong danh sách này?`}
          consequence="Các mục này được tính ngay. Mục nào cần xem lại, anh/chị vẫn mở ra và trả lại được sau đó."
        />
      )}
    </>
  )
}

/** Posts every line that can be ticked, for when the whole list is meant; asks once before. */
export function SubmitAll({
  choices,
  ...question
}: {
  choices: readonly Choice[]
  action: string
  label: string
  question: string
  /** what follows, and how it can be undone */
  consequence: string
}) {
  const open = choices.filter(choice => !choice.isFixed)
  if (open.length < 2) return null
  return (
    <div className="actions-below">
      <Confirm {...question} isHarmless>
        <input type="hidden" name="chon" value={open.map(({ id, value }) => value ?? id).join(' ')} />
      </Confirm>
    </div>
  )
}
