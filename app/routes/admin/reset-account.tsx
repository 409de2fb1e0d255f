import type { MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData, useParams } from '@remix-run/react'
import { issueActivation } from '#app/queries/account.server.ts'
import { findAccount } from '#app/queries/account-list.server.ts'
import { ActivationSlip } from '#app/ui/activation-slip.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { found, idOf, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Mã kích hoạt · 4 phủ' }]

/** Returns no code: the code is only in the answer to the form that asked for it. */
export const loader = reads(({ actor }, { params }) => {
  const { displayName } = found(findAccount(actor, idOf(params.accountId)))
  return { displayName }
})

/** A new code, shown in the answer itself and nowhere else, so this write is not followed by a redirect. */
export const action = writes(({ actor }, { params }) => issueActivation(actor, idOf(params.accountId)))

export default function NewCodePage() {
  const issued = useActionData<typeof action>()
  const { displayName } = useLoaderData<typeof loader>()
  const { accountId } = useParams()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Mã kích hoạt mới"
        breadcrumbs={[
          { to: '/quan-tri/tai-khoan', label: 'Tài khoản' },
          { to: `/quan-tri/tai-khoan/${accountId}`, label: displayName },
        ]}
      />
      {issued ? <ActivationSlip {...issued} /> : <p>Mã chỉ hiện một lần, ngay sau khi cấp.</p>}
      <ButtonLink variant="quiet" to={`/quan-tri/tai-khoan/${accountId}`}>
        Về tài khoản
      </ButtonLink>
    </div>
  )
}
