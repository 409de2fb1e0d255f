import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { isPortalPart } from '#app/domain/portal-login.ts'
import { isOwnAct, type ProofMeans, quickestWay } from '#app/domain/proof-way.ts'
import { isBorne, isMetStanding } from '#app/domain/standing.ts'
import { findObligations } from '#app/queries/obligation.server.ts'
import { findPlan } from '#app/queries/plan.server.ts'
import { findPledges } from '#app/queries/pledge.server.ts'
import { proofMeans } from '#app/queries/proof-means.server.ts'
import { formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import { cite } from '#app/text/plan.ts'
import { labels } from '#app/text/vocabulary.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { KeptSignatures } from '#app/ui/kept-signature.tsx'
import { ObligationVerdict } from '#app/ui/obligation-verdict.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { PortalLink, PortalLogins } from '#app/ui/portal-login.tsx'
import { Facts, Sheet } from '#app/ui/sheet.tsx'
import { useTerms } from '#app/ui/terms.ts'
import { found, notFound, reads } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Nội dung bản thân thực hiện · 4 phủ' }]

export const loader = reads(({ actor, campaign, regulation, today }) => {
  if (actor.officialId === null) throw notFound()
  return {
    parts: found(findObligations(actor, campaign.id, actor.officialId)),
    means: proofMeans(campaign.id, today),
    pledge: found(findPledges(actor, campaign.id, actor.officialId)).versions[0],
    endsOn: regulation.endsOn,
    basis: cite(findPlan(campaign.id), 'IV.1'),
  }
})

type Part = ReturnType<typeof useLoaderData<typeof loader>>['parts'][number]

export default function ObligationsPage() {
  const { names } = useTerms()
  const { parts, means, pledge, endsOn, basis } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading title="Nội dung bản thân thực hiện" note={`Hoàn thành chậm nhất ngày ${formatDay(endsOn)}`} />
      <Sheet title="Bản cam kết" note={pledge ? <Link to="/cam-ket">Xem bản cam kết</Link> : null}>
        {pledge ? (
          <p>
            {formatNumber(pledge.citizens)} người dân, ký {formatInstant(pledge.signedAt)}
            {pledge.listFileId === null ? '' : ', theo danh sách của đơn vị'}
          </p>
        ) : (
          <EmptyState title="Anh/chị chưa ký cam kết" action={<ButtonLink to="/cam-ket">Ký cam kết</ButtonLink>}>
            Bản cam kết ghi số người dân và ngày hoàn thành từng nội dung.
          </EmptyState>
        )}
      </Sheet>
      {parts.map(part => (
        <Sheet key={part.part} title={names.part[part.part]}>
          <div className="stack">
            <ObligationVerdict {...part} endsOn={endsOn} basis={basis}>
              <ProofLink {...part} means={means} />
              <DeclareLink {...part} means={means} />
            </ObligationVerdict>
            <PortalLogins logins={part.logins} />
            <KeptSignatures {...part} />
            {part.declared === null ? null : <Facts facts={factsOf(part.declared)} />}
          </div>
        </Sheet>
      ))}
    </div>
  )
}

/** The quickest way to prove a part by one's own act, in front of declaring it; nothing where there is none. */
function ProofLink({ part, standing, signatures, means }: Part & { means: ProofMeans }) {
  if (quickestWay(part, means) !== 'signature')
    return <PortalLink part={part} standing={standing} portals={means.portals} />
  if (!isBorne(standing) || signatures.some(({ word }) => word === 'proof')) return null
  return (
    <ButtonLink to="/cam-ket/ky-so" variant={isMetStanding(standing) ? 'quiet' : 'primary'}>
      Ký số để chứng minh
    </ButtonLink>
  )
}

function DeclareLink({ part, standing, declared, means }: Part & { means: ProofMeans }) {
  const { names } = useTerms()
  if (!isBorne(standing)) return null
  const isFirst = declared === null
  if (standing === 'verified' && isPortalPart(part)) return null
  const isDone = isMetStanding(standing) || standing === 'declared' || standing === 'review'
  return (
    <ButtonLink to={`/nghia-vu/${part}`} variant={isDone || isOwnAct(quickestWay(part, means)) ? 'quiet' : 'primary'}>
      {isFirst ? 'Kê khai' : 'Kê khai lại'}
      <span className="visually-hidden">: {names.part[part]}</span>
    </ButtonLink>
  )
}

function factsOf(declared: NonNullable<Part['declared']>) {
  const { phone, carrier, certificateProvider, certificateKind, validFromOn, validToOn, firstLoginOn } = declared
  const device = [declared.deviceMaker, declared.deviceModel].filter(Boolean).join(' ')
  const facts = [
    { name: 'Số điện thoại', value: [phone, carrier && labels.carrier[carrier]].filter(Boolean).join(', ') },
    {
      name: 'Chữ ký số',
      value: [certificateKind && labels.certificateKind[certificateKind], certificateProvider]
        .filter(Boolean)
        .join(', '),
    },
    { name: 'Hiệu lực', value: validFromOn && validToOn ? `${formatDay(validFromOn)} – ${formatDay(validToOn)}` : '' },
    { name: 'Điện thoại', value: device },
    { name: 'Đăng nhập lần đầu', value: firstLoginOn ? formatDay(firstLoginOn) : '' },
    {
      name: 'Minh chứng',
      value: declared.evidenceFileId ? (
        <Link to={`/tep/${declared.evidenceFileId}`} reloadDocument>
          Tải tệp
        </Link>
      ) : (
        ''
      ),
    },
    { name: 'Kê khai lúc', value: formatInstant(declared.declaredAt) },
    { name: 'Xác nhận lúc', value: declared.confirmedAt ? formatInstant(declared.confirmedAt) : '' },
  ]
  return facts.filter(fact => fact.value !== '')
}
