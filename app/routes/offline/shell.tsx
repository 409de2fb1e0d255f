import type { MetaFunction } from '@remix-run/node'
import { OfflineShell } from '#app/offline/shell.tsx'

export const meta: MetaFunction = () => [{ title: 'Dùng khi không có mạng · 4 phủ' }]

/** The page that the service worker keeps: the same for everybody, filled in on the phone. */
export default function OfflinePage() {
  return (
    <div className="narrow stack">
      <noscript>
        <p>Phần dùng khi không có mạng cần JavaScript. Khi có mạng, anh/chị dùng các trang khác như thường.</p>
      </noscript>
      <OfflineShell />
    </div>
  )
}
