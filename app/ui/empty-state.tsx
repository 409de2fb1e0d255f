import type { ReactNode } from 'react'

/** Replaces content that does not exist yet: `title` says so, `children` say what to do next, `action` offers it. */
export function EmptyState({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <p className="strong">{title}</p>
      <p>{children}</p>
      {action}
    </div>
  )
}
