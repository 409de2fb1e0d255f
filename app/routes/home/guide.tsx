import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { rootUnit } from '#app/queries/unit.server.ts'
import { guideOf } from '#app/text/guide.ts'
import { PageHeading } from '#app/ui/page.tsx'
import { NO_SCRIPT } from '#app/ui/page-handle.ts'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { reads } from '../_web/visit.server.ts'

export const handle = NO_SCRIPT
export const meta: MetaFunction = () => [{ title: 'Hướng dẫn · 4 phủ' }]

export const loader = reads(({ terms, regulation }) => ({
  guide: guideOf({ terms, regulation, province: rootUnit().localityCode }),
}))

/** The guide by role: what is done where, in the order in which it is done. */
export default function GuidePage() {
  const { guide } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Hướng dẫn"
        note="Theo việc của từng người. Trang nào anh/chị không phụ trách thì không mở được."
      />
      <nav aria-label="Các phần">
        <ul className="plain-list">
          <li>
            <Link to="/bat-dau">Bắt đầu: ba bước của tài khoản mới</Link>
          </li>
          {guide.map(({ id, title }) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
      {guide.map(({ id, title, picture, steps }) => (
        <section key={id} id={id} className="stack">
          <Sheet title={title}>
            <RowList>
              {steps.map(({ text, to, link }) => (
                <Row key={text} title={text} detail={to === undefined ? undefined : <Link to={to}>{link}</Link>} />
              ))}
            </RowList>
            {picture === undefined ? null : (
              <img className="guide-picture" loading="lazy" {...picture} alt={picture.alt} />
            )}
          </Sheet>
        </section>
      ))}
    </div>
  )
}
