import { Link } from '@remix-run/react'

export type NavigationItem = { to: string; label: string }
/** An entry of the navigation with its pages, the first of which it opens; `covers`: further addresses that belong to it. */
export type Subject = NavigationItem & { pages: readonly NavigationItem[]; covers?: readonly string[] }
/** `rest`: what is under "Khác". */
export type Navigation = { subjects: readonly Subject[]; rest: readonly Subject[] }

/** On a phone this many fit side by side; further ones are under "Khác". */
const TABS = 4

const lies = (pathname: string, to: string) => pathname === to || (to !== '/' && pathname.startsWith(`${to}/`))

/**
 * The subject and the page that are open, or else those below whose address the open one lies: the longest such.
 *
 * @internal asked for by tests alone
 */
export function placeIn({ subjects, rest }: Navigation, pathname: string): { subject?: Subject; page?: string } {
  let found: { subject?: Subject; page?: string; length: number } = { length: 0 }
  for (const subject of [...subjects, ...rest])
    for (const to of [...subject.pages.map(page => page.to), ...(subject.covers ?? [])])
      if (lies(pathname, to) && to.length > found.length) found = { subject, page: to, length: to.length }
  return found
}

/** The entries: at the foot of a phone, under the bar of a desktop. */
export function Entries({ navigation, pathname }: { navigation: Navigation; pathname: string }) {
  const { subjects, rest } = navigation
  const { subject: current } = placeIn(navigation, pathname)
  const isCurrent = ({ to }: NavigationItem) => to === current?.to
  const hidden = subjects.slice(TABS)
  return (
    <nav className="tabs" aria-label="Các trang chính">
      <ul>
        {subjects.map((item, n) => (
          <li key={item.to} className={n < TABS ? undefined : 'tab-wide'}>
            <Tab {...item} isCurrent={isCurrent(item)} />
          </li>
        ))}
        {rest.length === 0 ? null : (
          <li className="tab-more">
            <details className="menu">
              <summary className={rest.some(isCurrent) ? 'tab tab-current' : 'tab'}>Khác</summary>
              <div className="menu-body">
                {hidden.map(item => (
                  <span key={item.to} className="tab-narrow">
                    <Tab {...item} isCurrent={isCurrent(item)} />
                  </span>
                ))}
                {rest.map(item => (
                  <Tab key={item.to} {...item} isCurrent={isCurrent(item)} />
                ))}
              </div>
            </details>
          </li>
        )}
      </ul>
    </nav>
  )
}

/** The pages of the subject that is open, where it has several. */
export function SubjectPages({ navigation, pathname }: { navigation: Navigation; pathname: string }) {
  const { subject, page } = placeIn(navigation, pathname)
  if (subject === undefined || subject.pages.length < 2) return null
  return (
    <nav className="sections subject-pages" aria-label={`Các trang của mục ${subject.label}`}>
      {subject.pages.map(({ to, label }) => (
        <Link key={to} to={to} aria-current={to === page ? 'page' : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  )
}

function Tab({ to, label, isCurrent = false }: NavigationItem & { isCurrent?: boolean }) {
  return (
    <Link to={to} className={isCurrent ? 'tab tab-current' : 'tab'} aria-current={isCurrent ? 'page' : undefined}>
      {label}
    </Link>
  )
}
