import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { deviceOf } from '#app/access/device.server.ts'
import { networkOf } from '#app/access/network.ts'
import { readSession } from '#app/access/session.server.ts'
import { OUTCOMES } from '#app/domain/vocabulary.ts'
import { termsIn } from '#app/jobs/terms.server.ts'
import { answerByCode, findByCode } from '#app/queries/citizen-answer.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { CITIZEN_CONSENT_VERSION } from '#app/text/citizen.ts'
import { CitizenNotice, CitizenQuestionPage, CitizenThanks } from '#app/ui/citizen-page.tsx'
import { formOf } from '../_web/body.server.ts'
import { badCodePage } from './code.server.tsx'
import { answerPage } from './page.server.ts'

/** Shows the citizen who claims what. Changes nothing: chat apps fetch previews. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  return (await badCodePage(params.code, context.address)) ?? question(params.code ?? '', null)
}

/** Takes the citizen's answer. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const refusal = await badCodePage(params.code, context.address)
  if (refusal) return refusal
  const code = params.code ?? ''
  const form = await formOf(request)
  const answer = form.get('answer')
  const outcome = OUTCOMES.find(word => word === form.get('outcome')) ?? null
  if (answer !== 'yes' && answer !== 'no' && answer !== 'not_quite')
    return question(code, 'Anh/chị chọn một câu trả lời.')
  if (answer === 'yes' && form.get('consent') === null)
    return question(code, 'Anh/chị đánh dấu đồng ý rồi gửi câu trả lời.')
  if (answer === 'not_quite' && outcome === null) return question(code, 'Anh/chị chọn nội dung chưa đạt.')
  const device = deviceOf(request)
  const session = await readSession(request)
  const taken = await retryBusy(() =>
    answerByCode(code, {
      answer,
      outcome,
      consentVersion: answer === 'yes' ? CITIZEN_CONSENT_VERSION : '',
      deviceHash: device.hash,
      accountId: session?.accountId ?? null,
      network: networkOf(context.address),
    }),
  )
  if (!taken.ok) return question(code, null)
  return answerPage(<CitizenThanks code={code} isLate={false} />, 200, device.setCookie)
}

function question(code: string, problem: string | null): Response {
  const found = findByCode(code)
  if (!found || found.state === 'unbound')
    return answerPage(
      <CitizenNotice title="Chưa có thông tin">
        Cán bộ chưa gửi thông tin hỗ trợ kèm mã này. Anh/chị mở lại sau; mã vẫn dùng được.
      </CitizenNotice>,
    )
  if (found.state === 'used') return answerPage(<CitizenThanks code={found.code} isLate />)
  if (found.state === 'expired')
    return answerPage(
      <CitizenNotice title="Mã đã hết hạn">Anh/chị nhờ cán bộ đã hỗ trợ gửi mã mới.</CitizenNotice>,
      410,
    )
  return answerPage(
    <CitizenQuestionPage asked={found} names={termsIn(found.campaignId).names} problem={problem} />,
    problem === null ? 200 : 400,
  )
}
