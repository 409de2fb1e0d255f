import { Link } from '@remix-run/react'

export type View = { to: string; label: string; isCurrent: boolean }

/** The ways of looking at one subject, side by side: a list's parts, a board's splits. `label` names the choice. */
export function Views({ label, views }: { label: string; views: readonly View[] }) {
  return (
    <nav aria-label={label} className="views">
      <ul>
        {views.map(view => (
          <li key={view.to}>
            <Link to={view.to} aria-current={view.isCurrent ? 'page' : undefined} preventScrollReset>
              {view.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
