import { Form, Link } from '@remix-run/react'
import { isUnsigned, type ReportState } from '#app/domain/report.ts'
import { formatNumber } from '#app/text/format.ts'
import { Button } from './button.tsx'
import { ReportStatus } from './report-status.tsx'
import { Row, RowList } from './sheet.tsx'

/** `reminded`: the short day of the last reminder from above; left out: none. */
type ReportBelow = { id: number; name: string; state: ReportState; version?: number; reminded?: string }

/** Units with the state of their report of one period; who may remind all that have not signed, or one of them. */
export function ReportsBelow({
  page,
  period,
  rows,
  unsigned,
  today,
  mayRemind,
}: {
  /** the address of the list */
  page: string
  period: string
  rows: readonly ReportBelow[]
  /** how many have not signed, shown or not */
  unsigned: number
  /** the short day on which no unit is reminded twice */
  today: string
  mayRemind: boolean
}) {
  return (
    <>
      {mayRemind && unsigned > 0 ? (
        <Form method="post" action={`${page}/${period}/nhac`} className="actions" preventScrollReset>
          <Button type="submit">Nhắc cả {formatNumber(unsigned)} đơn vị chưa ký</Button>
        </Form>
      ) : null}
      <Form method="post" action={`${page}/${period}/nhac`} preventScrollReset>
        <RowList>
          {rows.map(({ id, name, state, version, reminded }) => (
            <Row
              key={id}
              title={state === 'not_owed' ? name : <Link to={`/don-vi/${id}/bao-cao/${period}`}>{name}</Link>}
              aside={
                <>
                  <ReportStatus state={state} version={version} />
                  {reminded ? ` đã nhắc ${reminded} ` : null}
                  {mayRemind && isUnsigned(state) && reminded !== today ? (
                    <Button type="submit" variant="quiet" name="don-vi" value={id} aria-label={`Nhắc ${name}`}>
                      Nhắc
                    </Button>
                  ) : null}
                </>
              }
            />
          ))}
        </RowList>
      </Form>
    </>
  )
}
