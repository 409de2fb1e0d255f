import { Form } from '@remix-run/react'
import type { LeftReason, SharingReason } from '#app/domain/sharing.ts'
import { formatNumber } from '#app/text/format.ts'
import { leftReasons, sharingReasons } from '#app/text/worklist.ts'
import { SubmitButton } from './form.tsx'
import { Row, RowList, Sheet } from './sheet.tsx'

type Bearer = {
  key: string
  name: string
  detail: string
  hamlets: readonly string[]
  shortage: number | null
  open: number
}

/** Lists who may be given citizens, one checkbox `nguoi` each, with what they have open and still owe. */
export function BearerChoices({ bearers, ticked }: { bearers: readonly Bearer[]; ticked: readonly string[] }) {
  return (
    <ul className="rows">
      {bearers.map(row => (
        <li key={row.key} className="row choice-row">
          <input
            type="checkbox"
            name="nguoi"
            value={row.key}
            aria-label={row.name}
            defaultChecked={ticked.includes(row.key)}
          />
          <div>
            {row.name}
            <div className="small">{[row.detail, ...row.hamlets].filter(Boolean).join(' · ')}</div>
          </div>
          <div className="row-aside small">
            đang có {formatNumber(row.open)}
            {row.shortage === null ? '' : `, còn thiếu ${formatNumber(row.shortage)}`}
          </div>
        </li>
      ))}
    </ul>
  )
}

type Item<Reason> = { id: number; name: string; hamlet: string; reason: Reason }

/** Shows what a sharing would do, with its reasons, and the button that does exactly this. */
export function SharingPreview({
  given,
  left,
  planKey,
  action,
}: {
  given: readonly { key: string; name: string; open: number; share: number; items: readonly Item<SharingReason>[] }[]
  left: readonly Item<LeftReason>[]
  planKey: string
  action: string
}) {
  const count = given.reduce((sum, row) => sum + row.items.length, 0)
  return (
    <Sheet title={`Xem trước: ${formatNumber(count)} người dân cho ${formatNumber(given.length)} người, tổ`}>
      <RowList>
        {given.map(row => (
          <Row
            key={row.key}
            title={`${row.name}: thêm ${formatNumber(row.items.length)}`}
            detail={
              <>
                Đang có {formatNumber(row.open)}, sẽ có {formatNumber(row.open + row.items.length)}.
                <details className="disclosure">
                  <summary>Những ai và vì sao</summary>
                  <ul>
                    {row.items.map(item => (
                      <li key={item.id}>
                        {item.name}, {item.hamlet}: {sharingReasons[item.reason]}
                      </li>
                    ))}
                  </ul>
                </details>
              </>
            }
          />
        ))}
        {left.length === 0 ? null : (
          <Row
            title={`${formatNumber(left.length)} người dân chưa chia được`}
            detail={
              <details className="disclosure">
                <summary>Những ai và vì sao</summary>
                <ul>
                  {left.map(item => (
                    <li key={item.id}>
                      {item.name}, {item.hamlet}: {leftReasons[item.reason]}
                    </li>
                  ))}
                </ul>
              </details>
            }
          />
        )}
      </RowList>
      {count === 0 ? null : (
        <Form method="post" action={action} className="actions actions-below">
          <input type="hidden" name="planKey" value={planKey} />
          <SubmitButton pendingLabel="Đang phân công…">Phân công {formatNumber(count)} người dân</SubmitButton>
        </Form>
      )}
    </Sheet>
  )
}
