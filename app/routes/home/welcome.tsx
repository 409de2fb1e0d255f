import { type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { useTerms } from '#app/ui/terms.ts'
import { reads } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Bắt đầu · 4 phủ' }]

/** For officials; an office's account begins with its own work. */
export const loader = reads(({ actor, regulation }) => {
  if (actor.officialId === null) throw redirect('/')
  return { quota: regulation.quota, endsOn: regulation.endsOn }
})

/** The three steps of a new account: what is to be done, a PIN, the phone's home screen. */
export default function WelcomePage() {
  const { quota, endsOn } = useLoaderData<typeof loader>()
  const { parts, names } = useTerms()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Tài khoản đã sẵn sàng"
        note="Ba bước ngắn. Bước nào để sau cũng được; trang này mở lại từ Hướng dẫn."
        actions={<ButtonLink to="/">Vào trang chính</ButtonLink>}
      />
      <Sheet title="1. Việc của anh/chị">
        <ul>
          {parts.map(part => (
            <li key={part}>
              <Link to={`/nghia-vu/${part}`}>{names.part[part]}</Link>
            </li>
          ))}
          <li>
            <Link to="/ho-tro/moi">Hỗ trợ người dân</Link>: mức chung {formatNumber(quota)} người, đến hết ngày{' '}
            {formatDay(endsOn)}
          </li>
        </ul>
      </Sheet>
      <Sheet title="2. Đặt mã PIN cho máy này" note="khi máy là của riêng anh/chị">
        <p>Mã PIN 6 số thay mật khẩu trên máy này, và mở được phần ghi người dân khi không có mạng.</p>
        <p className="actions">
          <ButtonLink variant="quiet" to="/tai-khoan/may">
            Đặt mã PIN
          </ButtonLink>
        </p>
      </Sheet>
      <Sheet title="3. Đưa 4 phủ ra màn hình chính">
        <InstallButton />
        <p>Android, Chrome: bấm dấu ba chấm ở góc trên, chọn “Thêm vào màn hình chính”.</p>
        <p>iPhone, Safari: bấm nút chia sẻ, chọn “Thêm vào MH chính”.</p>
      </Sheet>
    </div>
  )
}

type InstallPrompt = Event & { prompt: () => Promise<unknown> }
const isPrompt = (event: Event): event is InstallPrompt => 'prompt' in event

/** Installs at one tap where the browser offers it; nothing elsewhere. */
function InstallButton() {
  const [offered, setOffered] = useState<InstallPrompt>()
  useEffect(() => {
    const keep = (event: Event) => {
      if (!isPrompt(event)) return
      event.preventDefault()
      setOffered(event)
    }
    window.addEventListener('beforeinstallprompt', keep)
    return () => window.removeEventListener('beforeinstallprompt', keep)
  }, [])
  if (offered === undefined) return null
  return (
    <p className="actions">
      <Button
        onClick={() => {
          void offered.prompt()
          setOffered(undefined)
        }}
      >
        Thêm vào màn hình chính
      </Button>
    </p>
  )
}
