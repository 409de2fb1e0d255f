import { Link, useLocation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { Notices } from './notice.tsx'

export type NavigationItem = { to: string; label: string; isCurrent?: boolean }

/** On a phone this many fit side by side; further ones move behind "Thêm". */
const TABS = 4

/**
 * Frames every page: the sample banner, the top bar, the navigation, the content and the footer. The navigation is at
 * the foot on a phone, under the bar on a desktop.
 */
export function Shell({
  campaign,
  asOf,
  sample,
  navigation = [],
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
  navigation?: readonly NavigationItem[]
  /** Who is signed in, and the links and the sign-out form of their menu. */
  account?: { name: string; detail?: string; menu: ReactNode }
  footer?: ReactNode
  children: ReactNode
}) {
  // the page without a network is left by the worker's way, not by asking the server for data
  const { pathname } = useLocation()
  return (
    <div className={navigation.length > 0 ? 'shell has-tabs' : 'shell'}>
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
      {navigation.length > 0 ? <Navigation items={navigation} /> : null}
      <main id="noi-dung" tabIndex={-1}>
        {children}
      </main>
      {footer === undefined ? null : <footer className="foot">{footer}</footer>}
    </div>
  )
}

function Navigation({ items }: { items: readonly NavigationItem[] }) {
  const shown = items.length > TABS + 1 ? TABS : items.length
  const rest = items.slice(shown)
  return (
    <nav className="tabs" aria-label="Các trang chính">
      <ul>
        {items.map((item, n) => (
          <li key={item.to} className={n < shown ? undefined : 'tab-wide'}>
            <Tab {...item} />
          </li>
        ))}
        {rest.length === 0 ? null : (
          <li className="tab-more">
            <details className="menu menu-up">
              <summary className={rest.some(item => item.isCurrent) ? 'tab tab-current' : 'tab'}>Thêm</summary>
              <div className="menu-body">
                {rest.map(item => (
                  <Tab key={item.to} {...item} />
                ))}
              </div>
            </details>
          </li>
        )}
      </ul>
    </nav>
  )
}

function Tab({ to, label, isCurrent = false }: NavigationItem) {
  return (
    <Link to={to} className={isCurrent ? 'tab tab-current' : 'tab'} aria-current={isCurrent ? 'page' : undefined}>
      {label}
    </Link>
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
