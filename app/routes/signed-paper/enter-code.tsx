import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { readCode } from '#app/domain/citizen-code.ts'
import { PaperCodeForm } from '#app/ui/paper-code-page.tsx'
import { answerPage } from '../citizen/page.server.ts'
import { codePage } from '../citizen/params.ts'

/** Opens the page where the code that is printed on a paper is typed. */
export function loader({ request }: LoaderFunctionArgs) {
  const { typed } = codePage.read(new URL(request.url))
  const code = typed === undefined ? null : readCode(typed)
  if (code !== null) return redirect(`/v/${code}`)
  const problem = typed === undefined ? null : 'Mã gồm 16 chữ và số. Anh/chị xem lại mã ở chân văn bản.'
  return answerPage(request, <PaperCodeForm problem={problem} />, { status: problem === null ? 200 : 400 })
}
