import type { ShownLogin } from '#app/domain/portal-login.ts'
import { isBorne } from '#app/domain/standing.ts'
import type { ObligationPart, PartStanding } from '#app/domain/vocabulary.ts'
import { explainLogin, loginLabels } from '#app/text/portal-login.ts'
import { buttonClass } from './button.tsx'
import { Status } from './status.tsx'
import { useTerms } from './terms.ts'

/** The way to prove a part by signing in at its portal; nothing where it is proven or no portal can. */
export function PortalLink({
  part,
  standing,
  portals,
}: {
  part: ObligationPart
  standing: PartStanding
  /** the parts that a sign-in can prove here */
  portals: readonly ObligationPart[]
}) {
  const { names } = useTerms()
  if (!portals.includes(part) || standing === 'verified' || !isBorne(standing)) return null
  const isMet = standing === 'met'
  return (
    <a className={buttonClass(isMet ? { variant: 'quiet' } : {})} href={`/nghia-vu/${part}/dang-nhap`}>
      Đăng nhập để chứng minh
      <span className="visually-hidden">: {names.part[part]}</span>
    </a>
  )
}

/** The kept sign-ins of a part, each with what it says. */
export function PortalLogins({ logins }: { logins: readonly ShownLogin[] }) {
  return logins.map(login => {
    const label = loginLabels[login.word]
    return (
      <p key={login.host} className="small">
        {label === null ? null : <Status tone={login.word === 'proof' ? 'done' : 'check'}>{label}</Status>}{' '}
        {explainLogin(login)}
      </p>
    )
  })
}
