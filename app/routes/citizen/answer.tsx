import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { deviceOf } from '#app/access/device.server.ts'
import { networkOf } from '#app/access/network.ts'
import { readSession } from '#app/access/session.server.ts'
import { ANSWER_LETTERS } from '#app/domain/citizen-answer.ts'
import { cutText } from '#app/domain/letters.ts'
import { OUTCOMES, type Outcome } from '#app/domain/vocabulary.ts'
import { termsIn } from '#app/jobs/terms.server.ts'
import { answerByCode, findByCode } from '#app/queries/citizen-answer.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { CITIZEN_CONSENT_VERSION } from '#app/text/citizen.ts'
import { CitizenNotice, CitizenQuestionPage, CitizenThanks } from '#app/ui/citizen-page.tsx'
import { formOf } from '../_web/body.server.ts'
import { badCodePage } from './code.server.tsx'
import { answerPage } from './page.server.ts'

/** Shows the citizen who claims what. Changes nothing: chat apps fetch previews. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  return (await badCodePage(request, params.code, context.address)) ?? question(request, params.code ?? '')
}

/** Takes the citizen's answer. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const refusal = await badCodePage(request, params.code, context.address)
  if (refusal) return refusal
  const code = params.code ?? ''
  const form = await formOf(request)
  const answer = form.get('answer')
  const typed = {
    outcomes: OUTCOMES.filter(outcome => form.getAll('outcome').includes(outcome)),
    words: cutText(String(form.get('words') ?? '').trim(), ANSWER_LETTERS),
  }
  const again = (problem: string) => question(request, code, { problem, ...typed })
  if (answer !== 'yes' && answer !== 'no' && answer !== 'not_quite') return again('Anh/chị chọn một câu trả lời.')
  if (answer === 'yes' && form.get('consent') !== CITIZEN_CONSENT_VERSION)
    return again('Anh/chị đọc lời đồng ý ở dưới rồi bấm nút.')
  if (answer === 'not_quite' && typed.outcomes.length === 0) return again('Anh/chị đánh dấu việc chưa làm được.')
  const device = deviceOf(request)
  const session = await readSession(request)
  const taken = await retryBusy(() =>
    answerByCode(code, {
      answer,
      outcomes: typed.outcomes,
      words: typed.words || null,
      consentVersion: answer === 'yes' ? CITIZEN_CONSENT_VERSION : '',
      deviceHash: device.hash,
      accountId: session?.accountId ?? null,
      network: networkOf(context.address),
    }),
  )
  if (!taken.ok) return question(request, code)
  return answerPage(request, <CitizenThanks code={code} isLate={false} />, { setCookie: device.setCookie })
}

type Asked = { problem: string; outcomes: readonly Outcome[]; words: string }

function question(request: Request, code: string, typed: Asked | null = null): Response {
  const found = findByCode(code)
  if (!found || found.state === 'unbound')
    return answerPage(
      request,
      <CitizenNotice title="Chưa có thông tin">
        Cán bộ chưa gửi thông tin hỗ trợ kèm mã này. Anh/chị mở lại sau; mã vẫn dùng được.
      </CitizenNotice>,
    )
  if (found.state === 'used') return answerPage(request, <CitizenThanks code={found.code} isLate />)
  if (found.state === 'expired')
    return answerPage(
      request,
      <CitizenNotice title="Mã đã hết hạn">Anh/chị nhờ cán bộ đã hỗ trợ gửi mã mới.</CitizenNotice>,
      { status: 410 },
    )
  return answerPage(
    request,
    <CitizenQuestionPage asked={found} names={termsIn(found.campaignId).names} typed={typed} />,
    { status: typed === null ? 200 : 400 },
  )
}
