import { type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useParams } from '@remix-run/react'
import { issueActivation } from '#app/queries/account.server.ts'
import { ActivationSlip } from '#app/ui/activation-slip.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { idOf, reads, writes } from './visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Mã kích hoạt · 4 phủ' }]

/** Nothing to read here: the code stands only in the answer to the form that asked for it. */
export const loader = reads((_visit, { params, request }) => {
  if (request.method === 'GET' && request.headers.get('Sec-Fetch-Dest') === 'document')
    throw redirect(`/quan-tri/tai-khoan/${idOf(params.accountId)}`)
  return null
})

/** A new code, shown in the answer itself and nowhere else, so this write is not followed by a redirect. */
export const action = writes(({ actor }, { params }) => issueActivation(actor, idOf(params.accountId)))

export default function NewCodePage() {
  const issued = useActionData<typeof action>()
  const { accountId } = useParams()
  return (
    <div className="narrow stack">
      <PageHeading title="Mã kích hoạt mới" breadcrumbs={[{ to: '/quan-tri/tai-khoan', label: 'Tài khoản' }]} />
      {issued ? <ActivationSlip {...issued} /> : <p>Mã chỉ hiện một lần, ngay sau khi cấp.</p>}
      <ButtonLink variant="quiet" to={`/quan-tri/tai-khoan/${accountId}`}>
        Về tài khoản
      </ButtonLink>
    </div>
  )
}
