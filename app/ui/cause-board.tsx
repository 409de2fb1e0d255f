import { Form, Link } from '@remix-run/react'
import type { Cause } from '#app/domain/official-cause.ts'
import { formatNumber } from '#app/text/format.ts'
import { causeCount } from '#app/text/official-cause.ts'
import { Button, ButtonLink } from './button.tsx'
import { EmptyState } from './empty-state.tsx'
import { Pager } from './pager.tsx'
import { Row, RowList, Sheet } from './sheet.tsx'
import { useTerms } from './terms.ts'

/** One person who still lacks something; what does not hold is left out. */
type CausedPerson = {
  officialId: number
  name: string
  /** where they work, if elsewhere below the unit */
  unitName?: string
  /** what they lack, and when they were reminded */
  said: string
  /** of citizens, too */
  lacksRecords?: boolean
  /** the reader themself */
  isSelf?: boolean
}

export type CauseGroups = {
  /** with the people of all units below; else of the unit itself alone */
  isWhole: boolean
  alone: Cause | null
  groups: readonly {
    cause: Cause
    count: number
    isFirst: boolean
    next: number | null
    rows: readonly CausedPerson[]
  }[]
}

/** What the reader may do about it at this unit. */
type Acts = Record<'roster' | 'activate' | 'recordFor' | 'share' | 'confirm', boolean>

/** How groups are addressed: words of `?vi-sao=`, and the parts of the page. */
type Addresses = { slugs: Record<Cause, string>; groupTo: (cause: Cause, from?: number) => string }

export const causeAnchor = (slug: string) => `vi-sao-${slug}`

/** People who still lack something, by why, by name within a group, each in a sentence with what can be done about it. */
export function CauseBoard({
  base,
  causes,
  allowed,
  slugs,
  groupTo,
  officials,
}: {
  /** the unit's URL */
  base: string
  causes: CauseGroups
  allowed: Acts
  /** how many people the unit has, with those below */
  officials: number
} & Addresses) {
  const { names } = useTerms()
  const { groups, alone, isWhole } = causes
  const shown = groups.filter(({ cause }) => alone === null || cause === alone)
  return (
    <Sheet
      title="Người thực hiện còn thiếu, theo lý do"
      note={isWhole ? 'Trong mỗi nhóm xếp theo tên' : 'Người làm việc tại chính đơn vị, xếp theo tên'}
    >
      {shown.length === 0 ? (
        <EmptyState title="Không còn ai thiếu">Mọi người đã đạt nội dung bản thân và chỉ tiêu.</EmptyState>
      ) : null}
      <Form method="post" action={`${base}/nhac`} className="cause-groups">
        {shown.map(({ cause, count, rows, isFirst, next }) => (
          <section key={cause} id={causeAnchor(slugs[cause])} aria-label={causeCount(count, cause, names)}>
            <header className="cause-heading">
              <h3>{causeCount(count, cause, names)}</h3>
              <GroupAct {...{ base, cause, allowed, slugs }} />
            </header>
            <RowList>
              {rows.map(row => (
                <Row
                  key={row.officialId}
                  title={
                    <>
                      <Link to={`/can-bo/${row.officialId}`} discover="none">
                        {row.name}
                      </Link>
                      {row.unitName === undefined ? null : <span className="small">{` · ${row.unitName}`}</span>}
                    </>
                  }
                  detail={row.said}
                  aside={row.isSelf ? undefined : <PersonActs {...{ base, allowed, cause, row }} />}
                />
              ))}
            </RowList>
            {alone !== null && (next !== null || !isFirst) ? (
              <Pager
                label={`${formatNumber(rows.length)} người trong trang này`}
                firstTo={isFirst ? undefined : groupTo(cause)}
                nextTo={next === null ? undefined : groupTo(cause, next)}
              />
            ) : null}
            {rows.length < count && alone === null ? (
              <p>
                <Link to={groupTo(cause)}>Xem cả {formatNumber(count)} người</Link>
              </p>
            ) : null}
          </section>
        ))}
      </Form>
      {alone === null ? null : (
        <p>
          <Link to={base}>Xem mọi nhóm</Link>
        </p>
      )}
      {officials > 0 ? (
        <p>
          <Link to={`${base}/nguoi-thuc-hien`}>Danh sách {formatNumber(officials)} người thực hiện</Link>
        </p>
      ) : (
        <p>
          Chưa có người thực hiện. <Link to={`${base}/nguoi-thuc-hien/nhap`}>Nhập danh sách</Link>
        </p>
      )}
    </Sheet>
  )
}

/** What can be done for a whole group at once. */
function GroupAct({
  base,
  cause,
  allowed,
  slugs,
}: {
  base: string
  cause: Cause
  allowed: Acts
  slugs: Record<Cause, string>
}) {
  if (cause === 'not_activated')
    return allowed.activate ? (
      <ButtonLink variant="quiet" to={`${base}/ma-kich-hoat`}>
        In phiếu
      </ButtonLink>
    ) : null
  if (cause === 'awaiting')
    return allowed.confirm ? (
      <ButtonLink variant="quiet" to={`${base}/xac-nhan`}>
        Xem và xác nhận
      </ButtonLink>
    ) : null
  return allowed.roster ? (
    <Button variant="quiet" type="submit" name="vi-sao" value={slugs[cause]}>
      Nhắc cả nhóm
    </Button>
  ) : null
}

/** What can be done for one person, by what they lack. */
function PersonActs({
  base,
  cause: first,
  row: { officialId, name, lacksRecords },
  allowed,
}: {
  base: string
  /** the first of what they lack */
  cause: Cause
  row: CausedPerson
  allowed: Acts
}) {
  return (
    <div className="row-acts">
      {first === 'not_activated' && allowed.activate ? (
        <Link to={`${base}/ma-kich-hoat?nguoi=${officialId}`}>In phiếu</Link>
      ) : null}
      {first === 'awaiting' && allowed.confirm ? (
        <Link to={`${base}/xac-nhan?nguoi=${officialId}`}>Xác nhận</Link>
      ) : null}
      {first !== 'not_activated' && first !== 'awaiting' && allowed.roster ? (
        <button type="submit" name="nguoi" value={officialId} aria-label={`Nhắc ${name}`}>
          Nhắc
        </button>
      ) : null}
      {lacksRecords && allowed.recordFor ? <Link to={`/can-bo/${officialId}/nhap-ho`}>Nhập hộ</Link> : null}
      {lacksRecords && allowed.share ? (
        <Link to={`${base}/phan-cong/chia?cach=by_hand&nguoi=o${officialId}`}>Giao danh sách</Link>
      ) : null}
    </div>
  )
}
