import type { MetaFunction } from '@remix-run/node'
import { Link } from '@remix-run/react'
import { permitOperating } from '#app/queries/go-live.server.ts'
import { RUNBOOK } from '#app/text/runbook.ts'
import { PageHeading } from '#app/ui/page.tsx'
import { NO_SCRIPT } from '#app/ui/page-handle.ts'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { reads } from '../_web/visit.server.ts'

export const handle = NO_SCRIPT
export const meta: MetaFunction = () => [{ title: 'Hướng dẫn vận hành · 4 phủ' }]

export const loader = reads(({ actor }) => {
  permitOperating(actor)
  return null
})

/** The operator's guide: what is typed, in which order. */
export default function RunbookPage() {
  return (
    <div className="narrow stack">
      <PageHeading
        title="Hướng dẫn vận hành"
        note="Cho người quản trị máy chủ. In một bản giấy để dùng khi máy chủ không chạy."
        breadcrumbs={[{ to: '/quan-tri', label: 'Quản trị' }]}
      />
      <nav aria-label="Các phần">
        <ul className="plain-list">
          {RUNBOOK.map(({ id, title }) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
      {RUNBOOK.map(({ id, title, note, steps }) => (
        <section key={id} id={id} className="stack">
          <Sheet title={title} note={note}>
            <RowList>
              {steps.map(({ text, command, to, link }) => (
                <Row
                  key={text}
                  title={text}
                  detail={
                    command === undefined && to === undefined ? undefined : (
                      <>
                        {command === undefined ? null : <code>{command}</code>}
                        {to === undefined ? null : <Link to={to}>{link}</Link>}
                      </>
                    )
                  }
                />
              ))}
            </RowList>
          </Sheet>
        </section>
      ))}
    </div>
  )
}
