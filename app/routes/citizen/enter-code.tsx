import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { readCode } from '#app/domain/citizen-code.ts'
import { CitizenCodeForm } from '#app/ui/citizen-page.tsx'
import { answerPage } from './page.server.ts'
import { codePage } from './params.ts'

/** Opens the page where a slip's code is typed. */
export function loader({ request }: LoaderFunctionArgs) {
  const { typed } = codePage.read(new URL(request.url))
  const code = typed === undefined ? null : readCode(typed)
  if (code !== null) return redirect(`/x/${code}`)
  const problem = typed === undefined ? null : 'Mã gồm 16 chữ và số. Anh/chị xem lại mã trên phiếu.'
  return answerPage(request, <CitizenCodeForm problem={problem} />, { status: problem === null ? 200 : 400 })
}
