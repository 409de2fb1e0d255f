import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { drawQrCode } from '#app/documents/qr-code.ts'
import { MOST_SLIPS } from '#app/domain/citizen-code.ts'
import { issueSlips, listSlips } from '#app/queries/citizen-code.server.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { SubmitButton } from '#app/ui/form.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { QrCode } from '#app/ui/qr-code.tsx'
import { notFound, reads, writes } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Phiếu xác nhận · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { context }) => {
  if (actor.officialId === null) throw notFound()
  const slips = listSlips(actor, campaign.id).map(code => ({
    code,
    qr: drawQrCode(`${context.publicUrl}/x/${code}`),
  }))
  return { slips, name: actor.displayName, campaignCode: campaign.code, site: `${context.publicUrl}/x` }
})

export const action = writes(({ actor, campaign }) => {
  issueSlips(actor, campaign.id)
  return redirect('/phieu-xac-nhan')
})

export default function SlipsPage() {
  const { slips, name, campaignCode, site } = useLoaderData<typeof loader>()
  return (
    <div className="stack">
      <PageHeading
        title="Phiếu xác nhận"
        note="Dùng ở nơi không có mạng: trao phiếu cho người dân, sau đó gắn mã của phiếu vào trường hợp đã ghi. Người dân trả lời khi có mạng."
        breadcrumbs={[{ to: '/ho-tro', label: 'Hỗ trợ' }]}
      />
      {slips.length < MOST_SLIPS ? (
        <Form method="post">
          <SubmitButton variant={slips.length > 0 ? 'quiet' : 'primary'} pendingLabel="Đang tạo…">
            Tạo đủ {MOST_SLIPS} phiếu
          </SubmitButton>
        </Form>
      ) : null}
      {slips.length === 0 ? (
        <EmptyState title="Chưa có phiếu nào">Anh/chị tạo phiếu rồi in trang này.</EmptyState>
      ) : (
        <ul className="slips">
          {slips.map(({ code, qr }) => (
            <li key={code} className="slip">
              <QrCode {...qr} label={`Mã QR của phiếu ${code}`} />
              <div>
                <p className="strong">Cán bộ đã hỗ trợ bác, anh, chị?</p>
                <p>
                  {name}. Quét mã, hoặc mở {site} và nhập:
                </p>
                <p>
                  <code>{code}</code>
                </p>
                <p className="small">Kế hoạch {campaignCode}. Không cung cấp mật khẩu, mã OTP cho bất cứ ai.</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
