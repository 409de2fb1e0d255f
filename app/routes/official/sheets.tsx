import { Link, type useLoaderData } from '@remix-run/react'
import { gateLabels } from '#app/text/assessment.ts'
import { formatDay, formatInstant, formatNumber, maskNumber } from '#app/text/format.ts'
import { explainFlaws } from '#app/text/obligation.ts'
import { describeDeclared } from '#app/text/official.ts'
import { explainLogin } from '#app/text/portal-login.ts'
import { explainKept } from '#app/text/signed-paper.ts'
import { labels } from '#app/text/vocabulary.ts'
import { CorrectionRow } from '#app/ui/corrections.tsx'
import { ObligationStatus } from '#app/ui/obligation-status.tsx'
import { Facts, Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { useTerms } from '#app/ui/terms.ts'
import type { loadOfficial } from './load.server.ts'

export type Loaded = ReturnType<typeof useLoaderData<typeof loadOfficial>>

/** Shows what keeps this official from a proposal: gates, and due process. */
export function Hindrances({ gates, review }: Loaded) {
  return (
    <>
      {gates.length === 0 ? null : (
        <Sheet title="Vướng mắc khi xét khen thưởng" note={<Link to="/xem-xet/vuong-mac">Xem và rút</Link>}>
          <RowList>
            {gates.map(gate => (
              <Row
                key={gate.id}
                title={gateLabels[gate.kind]}
                detail={`Văn bản ${gate.documentNumber} · ${gate.toOn === null ? `từ ${formatDay(gate.fromOn)}` : `${formatDay(gate.fromOn)} – ${formatDay(gate.toOn)}`}`}
                aside={gate.isInForce ? 'Còn hiệu lực' : 'Ngoài thời hạn'}
              />
            ))}
          </RowList>
        </Sheet>
      )}
      {review === null ? null : (
        <Sheet title="Xem xét trách nhiệm" note={<Link to={`/xem-xet/${review.id}`}>Xem các bước</Link>}>
          <p>{review.standsAs}.</p>
        </Sheet>
      )}
    </>
  )
}

/** Shows what of the official was corrected, from what to what and why, and what waits for consent. */
export function Corrections({ corrections }: Loaded) {
  if (corrections.length === 0) return null
  return (
    <Sheet title="Sửa hồ sơ">
      <RowList>
        {corrections.map(correction => (
          <CorrectionRow key={correction.id} correction={correction} showsName={false} />
        ))}
      </RowList>
    </Sheet>
  )
}

/** Shows how far the official's own obligations are, with what was declared. */
export function Obligations({ standing, obligations, endsOn }: Loaded) {
  const terms = useTerms()
  if (!standing.bearsObligations) return null
  return (
    <Sheet title="Nội dung bản thân thực hiện">
      <RowList>
        {terms.parts.map(part => {
          const { declared, logins, signatures } = obligations?.find(row => row.part === part) ?? {
            declared: null,
            logins: [],
            signatures: [],
          }
          const flaws = declared ? explainFlaws(declared, endsOn) : null
          return (
            <Row
              key={part}
              title={terms.names.part[part]}
              detail={
                declared === null && signatures.length === 0 ? undefined : (
                  <>
                    {declared === null ? null : describeDeclared(declared)}
                    {flaws === null ? null : <span className="block">{flaws}</span>}
                    {signatures.map(signature => (
                      <span key={signature.fileId} className="block">
                        {explainKept(signature)}{' '}
                        <Link to={`/tep/${signature.fileId}`} reloadDocument>
                          Tải tệp đã ký
                        </Link>
                      </span>
                    ))}
                    {logins.map(login => (
                      <span key={login.host} className="block">
                        {explainLogin(login)}
                      </span>
                    ))}
                    {declared?.returnReason ? (
                      <span className="block">Lý do trả lại: {declared.returnReason}</span>
                    ) : null}
                    {declared === null ||
                    declared.evidenceFileId === null ||
                    signatures.some(({ fileId }) => fileId === declared.evidenceFileId) ? null : (
                      <Link className="block" to={`/tep/${declared.evidenceFileId}`} reloadDocument>
                        Tải minh chứng
                      </Link>
                    )}
                  </>
                )
              }
              aside={<ObligationStatus standing={standing.parts[part]} />}
            />
          )
        })}
      </RowList>
    </Sheet>
  )
}

/** Shows who the official is, and where they worked. */
export function Person({ official, pledge }: Loaded) {
  const { staffCode, numberTail, phone, birthOn, birthYear, postings, memberships } = official
  const span = ({ fromOn, toOn }: { fromOn: string; toOn: string | null }) =>
    toOn === null ? `từ ${formatDay(fromOn)}` : `${formatDay(fromOn)} – ${formatDay(toOn)}`
  return (
    <>
      <Sheet title="Thông tin">
        <Facts
          facts={[
            { name: 'Mã cán bộ', value: staffCode },
            ...(postings[0] ? [{ name: 'Loại', value: labels.category[postings[0].category] }] : []),
            ...(birthOn
              ? [{ name: 'Ngày sinh', value: formatDay(birthOn) }]
              : birthYear
                ? [{ name: 'Năm sinh', value: birthYear }]
                : []),
            ...(numberTail ? [{ name: 'Số định danh', value: maskNumber(numberTail) }] : []),
            ...(phone ? [{ name: 'Điện thoại', value: <a href={`tel:${phone}`}>{phone}</a> }] : []),
            {
              name: 'Cam kết',
              value: pledge
                ? `${formatNumber(pledge.citizens)} người dân, ${pledge.listFileId === null ? 'tự ký' : 'theo danh sách'} ${formatInstant(pledge.signedAt)}`
                : 'Chưa ký',
            },
          ]}
        />
      </Sheet>
      <Sheet title="Quá trình công tác">
        <RowList>
          {postings.map(row => (
            <Row key={row.id} title={row.unitName} detail={`${row.position} · ${span(row)}`} />
          ))}
          {memberships.map(row => (
            <Row
              key={`m${row.id}`}
              title={row.chapterName}
              detail={`${labels.association[row.association]} · ${span(row)}`}
            />
          ))}
        </RowList>
      </Sheet>
    </>
  )
}
