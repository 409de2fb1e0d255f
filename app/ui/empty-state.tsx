import type { ReactNode } from 'react'

/** Stands where nothing is yet: says so in `title`, says what to do next in `children`, offers it as `action`. */
export function EmptyState({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <p className="strong">{title}</p>
      <p>{children}</p>
      {action}
    </div>
  )
}
