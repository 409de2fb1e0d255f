import type { SubmissionResult } from '@conform-to/react'
import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { SubmitButton } from './form.tsx'

/** One line that can be ticked; `name` describes it for readers who do not see the line. */
export type Choice = {
  id: number
  /** what the form sends for the line, if other than its id */
  value?: string
  name: string
  title: ReactNode
  detail?: ReactNode
  aside?: ReactNode
  isFixed?: boolean
}

/**
 * Lists lines to tick, one checkbox `chon` each; fixed lines cannot be ticked. Used within a form; `ticked`: the ids
 * ticked at first.
 */
export function ChoiceList({
  choices,
  ticked = [],
}: {
  choices: readonly Choice[]
  ticked?: readonly number[] | 'all'
}) {
  return (
    <ul className="rows">
      {choices.map(choice => (
        <li key={choice.id} className="row choice-row">
          <input
            type="checkbox"
            name="chon"
            value={choice.value ?? choice.id}
            aria-label={choice.name}
            disabled={choice.isFixed}
            defaultChecked={ticked === 'all' || ticked.includes(choice.id)}
          />
          <div>
            {choice.title}
            {choice.detail === undefined ? null : <div className="small">{choice.detail}</div>}
          </div>
          {choice.aside === undefined ? null : <div className="row-aside">{choice.aside}</div>}
        </li>
      ))}
    </ul>
  )
}

/** The ids that a refused form had ticked; for showing it again without JavaScript. */
export function tickedIn(lastResult: SubmissionResult<string[]> | undefined): number[] {
  const sent = lastResult?.initialValue?.chon
  return [sent].flat().flatMap(value => (typeof value === 'string' ? [Number(value)] : []))
}

/**
 * Lines to confirm or to send back. Confirming posts those ticked, or with the second button every line shown; sending
 * back leads to a page that asks for the reason.
 */
export function ConfirmList({
  choices,
  confirmTo,
  returnTo,
  noun,
  isDoubtful = false,
}: {
  choices: readonly Choice[]
  confirmTo: string
  returnTo: string
  /** what a line is: "trường hợp" */
  noun: string
  /** a question must be answered first: no button confirms every line at once */
  isDoubtful?: boolean
}) {
  return (
    <>
      <Form method="post" action={confirmTo}>
        <ChoiceList choices={choices} />
        <div className="actions actions-below">
          <SubmitButton action={confirmTo}>Xác nhận các mục đã chọn</SubmitButton>
          <Button type="submit" variant="quiet" formMethod="get" formAction={returnTo}>
            Trả lại các mục đã chọn
          </Button>
        </div>
      </Form>
      {isDoubtful ? null : (
        <SubmitAll choices={choices} action={confirmTo}>
          Xác nhận cả {choices.length} {noun}
        </SubmitAll>
      )}
    </>
  )
}

/** Posts every line that can be ticked, for when the whole list is meant. */
export function SubmitAll({
  choices,
  action,
  children,
}: {
  choices: readonly Choice[]
  action: string
  children: ReactNode
}) {
  const open = choices.filter(choice => !choice.isFixed)
  if (open.length < 2) return null
  return (
    <Form method="post" action={action} className="actions-below">
      {open.map(({ id, value }) => (
        <input key={id} type="hidden" name="chon" value={value ?? id} />
      ))}
      <SubmitButton variant="quiet" action={action}>
        {children}
      </SubmitButton>
    </Form>
  )
}
