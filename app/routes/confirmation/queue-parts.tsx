import { Form, Link } from '@remix-run/react'
import { type ComponentProps, type ReactNode, useEffect, useState } from 'react'
import { formatNumber } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { ConfirmList } from '#app/ui/choice-list.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { useQuery } from '../_web/params.ts'
import type { readLeft } from './left-behind.server.ts'
import { queuePage } from './params.ts'

/** One kind of what waits, as a list to tick; nothing where this page has none. `total`: of all pages, where it is known. */
export function Waiting({
  id,
  title,
  total,
  children,
  ...list
}: { id: string; title: string; total?: number; children?: ReactNode } & ComponentProps<typeof ConfirmList>) {
  const shown = list.choices.length
  if (shown === 0) return null
  const isPart = total === undefined || total > shown
  return (
    <div id={id}>
      <Sheet
        title={total === undefined ? title : `${title} · ${formatNumber(total)}`}
        note={isPart ? `${formatNumber(shown)} ${list.noun} ở trang này` : undefined}
      >
        {children}
        <ConfirmList {...list} />
      </Sheet>
    </div>
  )
}

/** So long the button stays (ms); the server takes it a little longer. */
const SHOWN_MS = 28_000

/** Takes back what was confirmed a moment ago; without a script the server says when it is too late. */
export function Undo({ kind, count, action }: { kind: 'help' | 'obligation'; count: number; action: string }) {
  const isOfHelp = kind === 'help'
  const [isShown, setShown] = useState(true)
  useEffect(() => {
    const timer = setTimeout(() => setShown(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [])
  if (!isShown) return null
  return (
    <Form method="post" action={action} className="actions">
      <input type="hidden" name="so" value={count} />
      {isOfHelp ? null : <input type="hidden" name="loai" value="noi-dung" />}
      <SubmitButton variant="quiet" action={action}>
        Hoàn tác xác nhận {formatNumber(count)} {isOfHelp ? 'trường hợp' : 'nội dung'}
      </SubmitButton>
      <span className="small">Trong 30 giây.</span>
    </Form>
  )
}

/** Shows why nothing was done, and what the action before this page left as it was. */
export function Left({ left }: { left: ReturnType<typeof readLeft> }) {
  const { refusal } = useQuery(queuePage)
  if (refusal !== undefined) return <Notice kind="warning">{explainProblem(refusal)}</Notice>
  return left.count === 0 ? null : (
    <Notice kind="warning" title={`${formatNumber(left.count)} mục được giữ nguyên`}>
      Các mục này đã được xử lý từ trước, hoặc nay không còn thuộc phần xác nhận của anh/chị.
      {left.named.length === 0 ? null : (
        <ul>
          {left.named.map(({ to, name }) => (
            <li key={to + name}>
              <Link to={to}>{name}</Link>
            </li>
          ))}
        </ul>
      )}
    </Notice>
  )
}
