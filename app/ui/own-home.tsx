import { Link } from '@remix-run/react'
import type { ComponentProps } from 'react'
import type { Standing } from '#app/domain/standing.ts'
import type { ObligationPart } from '#app/domain/vocabulary.ts'
import { formatDay, formatNumber } from '#app/text/format.ts'
import { AssignedLine } from './assignment-row.tsx'
import { ButtonLink } from './button.tsx'
import { HelpVerdict } from './help-verdict.tsx'
import { HomeFigures } from './home-figures.tsx'
import { ObligationStatus } from './obligation-status.tsx'
import { Row, RowList, Sheet } from './sheet.tsx'
import { Status } from './status.tsx'
import { useTerms } from './terms.ts'

type ToReview = Omit<ComponentProps<typeof HelpVerdict>, 'children'> & {
  id: number
  citizenName: string
  helpedOn: string
}

/** An official's own figures and the one act, at the top of the home page. */
export function OwnFigures({
  standing,
  sentence,
  endsOn,
  asOf,
}: {
  standing: Pick<Standing, 'counts' | 'target'>
  sentence: string
  endsOn: string
  asOf: string
}) {
  return (
    <div className="home-figures stack">
      <HomeFigures standing={standing} title={sentence} asOf={asOf} endsOn={endsOn} />
      <ButtonLink to="/ho-tro/moi" isLarge>
        Thêm người dân đã hỗ trợ
      </ButtonLink>
    </div>
  )
}

/** What an official sees to besides: records, people assigned, own parts. */
export function OwnWork({
  standing,
  unitName,
  hasPledged,
  parts,
  partNotes,
  endsEarly,
  toReview,
  moreToReview,
  assigned,
}: {
  standing: Pick<Standing, 'parts'>
  unitName: string
  hasPledged: boolean
  parts: readonly ObligationPart[]
  /** said below a part: the quickest way to it, or the day of the act that proved it */
  partNotes: Partial<Record<ObligationPart, string>>
  /** the declared certificate ends before the campaign does */
  endsEarly: boolean
  toReview: readonly ToReview[]
  moreToReview: number
  assigned: { count: number; rows: readonly ComponentProps<typeof AssignedLine>['citizen'][] }
}) {
  const { names } = useTerms()
  return (
    <div className="home-work stack">
      {toReview.length === 0 ? null : (
        <Sheet title="Trường hợp cần anh/chị xem lại" note={unitName}>
          <RowList>
            {toReview.map(row => (
              <Row
                key={row.id}
                title={
                  <>
                    <Link to={`/ho-tro/${row.id}`}>{row.citizenName}</Link> · {formatDay(row.helpedOn)}
                  </>
                }
                detail={<HelpVerdict {...row} />}
              />
            ))}
          </RowList>
          {moreToReview > 0 ? (
            <p>
              <Link to="/ho-tro">Còn {formatNumber(moreToReview)} trường hợp khác</Link>
            </p>
          ) : null}
        </Sheet>
      )}
      {assigned.count === 0 ? null : (
        <Sheet
          title={`Danh sách được phân công · ${formatNumber(assigned.count)} người`}
          note={<Link to="/phan-cong">Xem cả danh sách</Link>}
        >
          <RowList>
            {assigned.rows.map(row => (
              <AssignedLine key={row.id} citizen={row} />
            ))}
          </RowList>
        </Sheet>
      )}
      <Sheet title="Nội dung bản thân thực hiện" note={<Link to="/danh-gia/cua-toi">Đánh giá dự kiến của tôi</Link>}>
        <RowList>
          <Row
            title={<Link to="/cam-ket">Bản cam kết</Link>}
            aside={<Status tone={hasPledged ? 'done' : 'late'}>{hasPledged ? 'Đã ký' : 'Chưa ký'}</Status>}
          />
          {parts.map(part => (
            <Row
              key={part}
              title={<Link to={`/nghia-vu/${part}`}>{names.part[part]}</Link>}
              detail={partNotes[part]}
              aside={
                <ObligationStatus standing={standing.parts[part]} endsEarly={part === 'sim_signature' && endsEarly} />
              }
            />
          ))}
        </RowList>
      </Sheet>
    </div>
  )
}
