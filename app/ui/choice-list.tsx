import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { SubmitButton } from './form.tsx'

/** One line that can be ticked; `name` says what it is for those who do not see the line. */
export type Choice = { id: number; name: string; title: ReactNode; detail?: ReactNode; aside?: ReactNode; isFixed?: boolean }

/** Lines to tick, one checkbox `chon` each; those that are fixed cannot be. Stands in a form. */
export function ChoiceList({ choices, isTicked = false }: { choices: readonly Choice[]; isTicked?: boolean }) {
  return (
    <ul className="rows">
      {choices.map(choice => (
        <li key={choice.id} className="row choice-row">
          <input
            type="checkbox"
            name="chon"
            value={choice.id}
            aria-label={choice.name}
            disabled={choice.isFixed}
            defaultChecked={isTicked}
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

/**
 * Lines to confirm or to send back. Confirming posts those ticked, or with the second button every line shown; sending
 * back leads to a page that asks for the reason.
 */
export function ConfirmList({
  choices,
  confirmTo,
  returnTo,
  noun,
}: {
  choices: readonly Choice[]
  confirmTo: string
  returnTo: string
  /** what a line is: "trường hợp" */
  noun: string
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
      {choices.length < 2 ? null : (
        <Form method="post" action={confirmTo} className="actions-below">
          {choices.map(({ id }) => (
            <input key={id} type="hidden" name="chon" value={id} />
          ))}
          <SubmitButton variant="quiet" action={confirmTo}>
            Xác nhận cả {choices.length} {noun}
          </SubmitButton>
        </Form>
      )}
    </>
  )
}
