import { Form, Link, useLocation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { Entries, type Navigation, SubjectPages } from './navigation.tsx'
import { Notices } from './notice.tsx'

/**
 * Frames every page: the sample banner, the top bar, the navigation, the content and the footer. The navigation is at
 * the foot on a phone, under the bar on a desktop.
 */
export function Shell({
  campaign,
  asOf,
  sample,
  navigation,
  account,
  footer,
  children,
}: {
  /** The campaign that the page shows: "KH 128/KH-UBND · ngày thứ 70/91". */
  campaign: string
  /** "Tính đến 12/6/2024, 09:15". */
  asOf?: string
  /** Only where the data is synthetic: the day it pretends to be, and the form or link that changes it. */
  sample?: { day?: string; change?: ReactNode }
  navigation?: Navigation
  /** Who is signed in, and the links and the sign-out form of their menu. */
  account?: { name: string; detail?: string; menu: ReactNode }
  footer?: ReactNode
  children: ReactNode
}) {
  // the page without a network is left by the worker's way, not by asking the server for data
  const { pathname } = useLocation()
  return (
    <div className={navigation ? 'shell has-tabs' : 'shell'}>
      <a href="#noi-dung" className="skip">
        Đến nội dung chính
      </a>
      {sample === undefined ? null : (
        <section className="sample" aria-label="Dữ liệu mẫu">
          <span>Dữ liệu mẫu{sample.day ? ` · ngày ${sample.day}` : ''}</span>
          {sample.change}
        </section>
      )}
      <header className="bar">
        <div className="bar-line">
          <Link to="/" className="brand" reloadDocument={pathname === '/ngoai-tuyen'}>
            4 phủ<span className="brand-rest"> · Theo dõi cam kết và phân công</span>
          </Link>
          <p className="bar-campaign">
            {campaign}
            {asOf === undefined ? null : <span className="bar-as-of"> · {asOf}</span>}
          </p>
          {navigation ? <HeaderSearch /> : null}
          {account === undefined ? null : (
            <details className="menu bar-account">
              <summary>
                {account.name}
                <Icon name="down" />
              </summary>
              <div className="menu-body">
                {account.detail === undefined ? null : <p className="small">{account.detail}</p>}
                {account.menu}
              </div>
            </details>
          )}
        </div>
      </header>
      {navigation ? <Entries navigation={navigation} pathname={pathname} /> : null}
      <main id="noi-dung" tabIndex={-1}>
        {navigation ? <SubjectPages navigation={navigation} pathname={pathname} /> : null}
        {children}
      </main>
      {footer === undefined ? null : <footer className="foot">{footer}</footer>}
    </div>
  )
}

/**
 * Looks for a person, a unit or a record from every page; on a phone a link to the page that does. Sent by POST: what is
 * typed may be a citizen's number, which has no place in an address.
 */
function HeaderSearch() {
  return (
    <div className="bar-search">
      <Link to="/tim">Tìm</Link>
      <Form method="post" action="/tim" role="search">
        <input
          type="search"
          name="tim"
          className="control"
          aria-label="Tìm người, đơn vị, mã trường hợp"
          placeholder="Tìm người, đơn vị, mã…"
          maxLength={100}
          autoComplete="off"
        />
      </Form>
    </div>
  )
}

/**
 * The page's title under the way that leads to it (a step out of sight has no link); `actions` are its buttons. Below
 * are its `tabs`, and what was just done.
 */
export function PageHeading({
  title,
  note,
  breadcrumbs = [],
  actions,
  tabs,
}: {
  title: ReactNode
  note?: ReactNode
  breadcrumbs?: readonly { to?: string; label: string }[]
  actions?: ReactNode
  tabs?: ReactNode
}) {
  return (
    <>
      <header className="page-heading">
        <div>
          {breadcrumbs.length === 0 ? null : (
            <nav aria-label="Đường dẫn">
              <ol className="crumbs">
                {breadcrumbs.map(crumb => (
                  <li key={crumb.label}>
                    {crumb.to === undefined ? crumb.label : <Link to={crumb.to}>{crumb.label}</Link>}
                  </li>
                ))}
              </ol>
            </nav>
          )}
          <h1>{title}</h1>
          {note === undefined ? null : <p className="small">{note}</p>}
        </div>
        {actions === undefined ? null : <div className="actions">{actions}</div>}
      </header>
      {tabs}
      <Notices />
    </>
  )
}
