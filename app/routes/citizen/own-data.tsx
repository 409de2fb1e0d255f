import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { cutText } from '#app/domain/letters.ts'
import { CITIZEN_REQUEST_KINDS } from '#app/domain/vocabulary.ts'
import { findByCode } from '#app/queries/citizen-answer.server.ts'
import { askByCode } from '#app/queries/citizen-request.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { CitizenNotice, CitizenRequestForm } from '#app/ui/citizen-page.tsx'
import { formOf } from '../_web/body.server.ts'
import { badCodePage } from './code.server.tsx'
import { answerPage } from './page.server.ts'

const MOST_LETTERS = 500

/** Opens the page where a citizen asks to see, correct, restrict or delete their own data. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const refusal = await badCodePage(params.code, context.address)
  return refusal ?? answerPage(<CitizenRequestForm code={findByCode(params.code ?? '')?.code ?? ''} problem={null} />)
}

/** Opens the request. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const refusal = await badCodePage(params.code, context.address)
  if (refusal) return refusal
  const code = params.code ?? ''
  const form = await formOf(request)
  const kind = CITIZEN_REQUEST_KINDS.find(word => word === form.get('kind'))
  if (!kind) return answerPage(<CitizenRequestForm code={code} problem="Anh/chị chọn một yêu cầu." />, 400)
  const message = cutText(String(form.get('message') ?? '').trim(), MOST_LETTERS)
  const asked = await retryBusy(() => askByCode(code, { kind, message }))
  return asked.ok
    ? answerPage(
        <CitizenNotice title="Đã nhận yêu cầu">Cơ quan thường trực sẽ báo lại trong 2 ngày làm việc.</CitizenNotice>,
      )
    : answerPage(
        <CitizenNotice title="Chưa có thông tin">Mã này chưa gắn với dữ liệu nào của anh/chị.</CitizenNotice>,
        409,
      )
}
