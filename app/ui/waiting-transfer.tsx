import { Form, Link } from '@remix-run/react'
import { formatDay } from '#app/text/format.ts'
import { explainWaiting, type WaitingText } from '#app/text/transfer.ts'
import { SubmitButton } from './form.tsx'
import { Notice } from './notice.tsx'

type Waiting = WaitingText & { id: number; mayAnswer: boolean; mayWithdraw: boolean }

/** Says that a transfer waits, for whom and until when; nothing where none does. `base`: the address of a unit's transfers. */
export function WaitingTransfer({ transfer, base }: { transfer: Waiting | null; base: string }) {
  if (!transfer) return null
  return (
    <Notice title={`Đề nghị chuyển đến ${transfer.unitName} từ ${formatDay(transfer.fromOn)}`}>
      <p>{explainWaiting(transfer)}</p>
      {transfer.mayAnswer ? <Link to={`${base}/${transfer.id}`}>Trả lời đề nghị</Link> : null}
      {transfer.mayWithdraw ? (
        <Form method="post" action={`${base}/${transfer.id}/rut`}>
          <SubmitButton variant="quiet">Rút đề nghị</SubmitButton>
        </Form>
      ) : null}
    </Notice>
  )
}
