import { useActionData, useLocation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { noticesAt } from '#app/text/notice.ts'
import { Icon, type IconName } from './icon.tsx'

const TONES = {
  info: { tone: 'doing', icon: 'half' },
  success: { tone: 'done', icon: 'check' },
  warning: { tone: 'late', icon: 'triangle' },
  error: { tone: 'danger', icon: 'triangle' },
} satisfies Record<string, { tone: string; icon: IconName }>

/** A message about what has just happened or holds for the whole page; screen readers hear it when it appears. */
export function Notice({
  kind = 'info',
  title,
  children,
}: {
  kind?: keyof typeof TONES
  title?: string
  children?: ReactNode
}) {
  const { tone, icon } = TONES[kind]
  return (
    <div role={kind === 'error' ? 'alert' : 'status'} className={`notice tone-${tone}`}>
      {kind === 'info' ? null : <Icon name={icon} />}
      <div>
        {title === undefined ? null : <p className="strong">{title}</p>}
        {children}
      </div>
    </div>
  )
}

/** Shows what the page's address says was done, until a form of the page is answered. */
export function Notices() {
  const { pathname, search } = useLocation()
  const answer = useActionData()
  const notices = answer === undefined ? noticesAt(pathname, new URLSearchParams(search)) : []
  return notices.map(({ name, text, ...notice }) => (
    <Notice key={name} {...notice}>
      {text}
    </Notice>
  ))
}
