import { Link } from '@remix-run/react'
import { buttonClass } from './button.tsx'
import { Icon } from './icon.tsx'

/** Files of a page behind one button, so that figures come first on a phone; opens without a script. */
export function ExportMenu({ files }: { files: readonly { to: string; label: string }[] }) {
  return (
    <details className="menu export-menu">
      <summary className={buttonClass({ variant: 'quiet' })}>
        Tải tệp
        <Icon name="down" />
      </summary>
      <div className="menu-body">
        {files.map(({ to, label }) => (
          <Link key={to} to={to} reloadDocument>
            {label}
          </Link>
        ))}
      </div>
    </details>
  )
}
