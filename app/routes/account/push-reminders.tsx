import type { MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useSubmit } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { pushSubscriptionInput } from '#app/domain/push-input.ts'
import type { PushAbility } from '#app/offline/push.ts'
import { findPushKey, listOwnBrowsers, subscribe, unsubscribe } from '#app/queries/push.server.ts'
import { formatInstant } from '#app/text/format.ts'
import { Button } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { readForm, refuseForm } from '../_web/form.server.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { notFound, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Nhận nhắc trên máy này · 4 phủ' }]

export const loader = reads(({ actor }) => {
  if (actor.officialId === null) throw notFound()
  return { publicKey: findPushKey(), browsers: listOwnBrowsers(actor) }
})

/** Has this browser receive one's own reminders, or ends one that does. */
export const action = writes(({ actor }, { form }) => {
  if (actor.officialId === null) throw notFound()
  const submission = readForm(form, pushSubscriptionInput)
  if (submission.status !== 'success') return refuseForm(submission)
  if ('drop' in submission.value) {
    unsubscribe(actor, submission.value.drop)
    return redirectWith('/tai-khoan/nhac-may', 'da-bo')
  }
  const made = subscribe(actor, submission.value.endpoint)
  return made.ok ? redirectWith('/tai-khoan/nhac-may', 'da-nhan') : refuseForm(submission, made.problems)
})

export default function PushRemindersPage() {
  const { publicKey, browsers } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { ability, hash } = useBrowser(browsers.length)
  const refusal = Object.values(answer?.lastResult.error ?? {}).flatMap(reasons => reasons ?? [])[0]
  const isHere = browsers.some(browser => browser.hash === hash)
  return (
    <div className="narrow stack">
      <PageHeading title="Nhận nhắc trên máy này" breadcrumbs={[{ to: '/tai-khoan', label: 'Tài khoản' }]} />
      {refusal === undefined ? null : <Notice kind="error">{refusal}</Notice>}
      <Sheet>
        <div className="stack">
          <p>
            Khi đơn vị hoặc cấp trên nhắc anh/chị, máy này hiện một câu cố định: “Anh/chị có lời nhắc việc. Mở ứng dụng
            để xem.” Tin gửi qua dịch vụ của hãng trình duyệt là tin trống: không có họ tên, số liệu hay nội dung nhắc.
          </p>
          {publicKey === null ? (
            <Notice kind="info">Nhắc qua máy đang tắt. Quản trị của hệ thống bật thì anh/chị đặt được tại đây.</Notice>
          ) : isHere ? (
            <Notice kind="success">Máy này đang nhận lời nhắc.</Notice>
          ) : (
            <Ask publicKey={publicKey} ability={ability} />
          )}
        </div>
      </Sheet>
      <Sheet title="Máy đang nhận nhắc">
        {browsers.length === 0 ? (
          <EmptyState title="Chưa có máy nào">Lời nhắc vẫn hiện khi anh/chị mở ứng dụng.</EmptyState>
        ) : (
          <Form method="post">
            <RowList>
              {browsers.map(({ id, hash: own, service, createdAt }) => (
                <Row
                  key={id}
                  title={own === hash ? 'Máy này' : `Máy đặt ${formatInstant(createdAt)}`}
                  detail={`Qua ${service}`}
                  aside={
                    <Button type="submit" variant="quiet" name="drop" value={id}>
                      Bỏ
                    </Button>
                  }
                />
              ))}
            </RowList>
          </Form>
        )}
      </Sheet>
    </div>
  )
}

/** What this browser can do, and by which hash its line is known; asked once the page is there. */
function useBrowser(count: number): { ability: PushAbility | null; hash: string | null } {
  const [known, setKnown] = useState<{ ability: PushAbility | null; hash: string | null }>({
    ability: null,
    hash: null,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the list has another length
  useEffect(() => {
    void import('#app/offline/push.ts').then(async ({ pushAbility, ownHash }) => {
      const ability = pushAbility()
      setKnown({ ability, hash: ability === 'unable' ? null : await ownHash() })
    })
  }, [count])
  return known
}

function Ask({ publicKey, ability }: { publicKey: string; ability: PushAbility | null }) {
  const submit = useSubmit()
  const [state, setState] = useState<'idle' | 'asking' | 'refused'>('idle')
  const ask = async () => {
    setState('asking')
    const { askForAddress } = await import('#app/offline/push.ts')
    const endpoint = await askForAddress(publicKey).catch(() => null)
    setState(endpoint === null ? 'refused' : 'idle')
    if (endpoint !== null) submit({ endpoint }, { method: 'post' })
  }
  if (ability === 'unable')
    return (
      <p>
        Trình duyệt này không nhận được lời nhắc. Trên iPhone, iPad, anh/chị thêm ứng dụng vào màn hình chính rồi mở từ
        đó.
      </p>
    )
  return (
    <>
      <noscript>
        <p>Nhận nhắc trên máy cần JavaScript. Lời nhắc vẫn hiện khi anh/chị mở ứng dụng.</p>
      </noscript>
      {ability === 'denied' || state === 'refused' ? (
        <Notice kind="warning">
          Trình duyệt chưa cho phép hiện thông báo. Anh/chị mở cài đặt của trình duyệt, cho phép thông báo của trang này
          rồi bấm lại.
        </Notice>
      ) : null}
      <p className="scripted">
        <Button onClick={ask} disabled={ability === null || state === 'asking'}>
          {state === 'asking' ? 'Đang hỏi trình duyệt…' : 'Nhận nhắc trên máy này'}
        </Button>
      </p>
    </>
  )
}
