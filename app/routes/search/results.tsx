import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { readIdNumber } from '#app/domain/id-number.ts'
import { cutText, joinedGroups } from '#app/domain/letters.ts'
import { codeOf, readRecordCode } from '#app/domain/record-code.ts'
import { findHelp } from '#app/queries/help-view.server.ts'
import { searchByName, searchByNumber } from '#app/queries/search.server.ts'
import { formatDay } from '#app/text/format.ts'
import { explainProblem } from '#app/text/problem.ts'
import { Button } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { reads, writes } from '../_web/visit.server.ts'
import { searchPage } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Tìm · 4 phủ' }]
/** Names of citizens stay out of every cache. */
export const headers = () => ({ 'Cache-Control': 'no-store' })

/** True for what is meant as a citizen's number, though it may be miswritten. */
const isNumber = (words: string) => /^\d{9,}$/.test(joinedGroups(words))

export const loader = reads(({ actor, campaign }, { url }) => {
  const { words } = searchPage.read(url)
  // a number in an address is kept by browsers and proxies: it is not looked for there
  return isNumber(words)
    ? { words: '', people: [], units: [], hasMore: false }
    : { words, ...searchByName(actor, campaign.id, words) }
})

/**
 * Sorts out what was typed. A citizen's number is answered here and is in no address; a record's code leads to
 * the record; anything else is a name.
 */
export const action = writes(({ actor, campaign, today }, { form }) => {
  const words = cutText(String(form.get('tim') ?? ''), 100).trim()
  if (isNumber(words)) {
    const read = readIdNumber(words, today)
    if (!read.ok) return { problem: read.reason, number: words, records: [], assigned: null }
    return { problem: null, number: read.number, ...searchByNumber(actor, campaign.id, read.number) }
  }
  const helpId = readRecordCode(words)
  if (helpId !== undefined && findHelp(actor, campaign.id, helpId)) throw redirect(`/ho-tro/${helpId}`)
  throw redirect(searchPage.to('/tim', { words }))
})

export default function SearchPage() {
  const { words, people, units, hasMore } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Tìm"
        note="Họ tên người thực hiện, tên đơn vị, mã trường hợp (dạng HT-123), hoặc đủ 12 số định danh của người dân. Chỉ hiện những gì anh/chị được mở."
      />
      <Form method="post" action="/tim" className="filter-bar">
        <div className="field filter-search">
          <label htmlFor="o-tim">Nội dung cần tìm</label>
          <input
            id="o-tim"
            key={answer?.number ?? words}
            type="search"
            name="tim"
            defaultValue={answer?.number ?? words}
            maxLength={100}
            autoComplete="off"
            className="control"
          />
        </div>
        <div className="actions">
          <Button type="submit">Tìm</Button>
        </div>
      </Form>
      {answer ? <Citizen answer={answer} /> : null}
      {answer || words === '' ? null : (
        <>
          {people.length + units.length === 0 ? (
            <EmptyState title={`Không thấy “${words}”`}>
              Có thể tên viết khác, hoặc thuộc đơn vị mà anh/chị không được xem.
            </EmptyState>
          ) : null}
          {units.length === 0 ? null : (
            <Sheet title="Đơn vị">
              <RowList>
                {units.map(({ id, name }) => (
                  <Row key={id} title={<Link to={`/don-vi/${id}`}>{name}</Link>} />
                ))}
              </RowList>
            </Sheet>
          )}
          {people.length === 0 ? null : (
            <Sheet title="Người thực hiện" note={hasMore ? 'Những người đầu; gõ thêm chữ để thu hẹp' : undefined}>
              <RowList>
                {people.map(({ officialId, name, position, unitName }) => (
                  <Row
                    key={officialId}
                    title={<Link to={`/can-bo/${officialId}`}>{name}</Link>}
                    detail={[position, unitName].filter(Boolean).join(' · ')}
                  />
                ))}
              </RowList>
            </Sheet>
          )}
        </>
      )}
    </div>
  )
}

/** What was found of one citizen. */
function Citizen({ answer }: { answer: NonNullable<ReturnType<typeof useActionData<typeof action>>> }) {
  const { problem, records, assigned } = answer
  if (problem !== null) return <Notice kind="warning">{explainProblem(problem)}</Notice>
  if (records.length === 0 && assigned === null)
    return (
      <EmptyState title="Không có hồ sơ nào của số này mà anh/chị được mở">
        Lượt tìm đã được ghi vào nhật ký, như khi mở hồ sơ của người dân.
      </EmptyState>
    )
  return (
    <Sheet title="Người dân" note="Lượt tìm được ghi vào nhật ký">
      <RowList>
        {assigned === null ? null : (
          <Row
            title={<Link to={`/phan-cong/${assigned.id}`}>{assigned.name}</Link>}
            detail="Trong danh sách phân công"
          />
        )}
        {records.map(({ id, citizenName, officialName, helpedOn }) => (
          <Row
            key={id}
            title={<Link to={`/ho-tro/${id}`}>{citizenName}</Link>}
            detail={`${codeOf(id)} · ${officialName} hỗ trợ ${formatDay(helpedOn)}`}
          />
        ))}
      </RowList>
    </Sheet>
  )
}
