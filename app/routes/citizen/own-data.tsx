import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { cutText } from '#app/domain/letters.ts'
import { EVERY_TERM } from '#app/domain/terms.ts'
import { CITIZEN_REQUEST_KINDS } from '#app/domain/vocabulary.ts'
import { termsIn } from '#app/jobs/terms.server.ts'
import { findByCode } from '#app/queries/citizen-answer.server.ts'
import { dataByCode, requestsByCode } from '#app/queries/citizen-own-data.server.ts'
import { askByCode } from '#app/queries/citizen-request.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { campaignTerms } from '#app/text/terms.ts'
import { CitizenNotice, CitizenRequestForm, type TypedRequest } from '#app/ui/citizen-page.tsx'
import { formOf } from '../_web/body.server.ts'
import { badCodePage } from './code.server.tsx'
import { answerPage } from './page.server.ts'

const MOST_LETTERS = 500

/** Opens the page where a citizen asks to see, correct, restrict or delete their own data. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const refusal = await badCodePage(request, params.code, context.address)
  return refusal ?? ownPage(request, params.code ?? '')
}

/** The page of a code: requests with their answers, what is held where that was granted, a form for another request. */
function ownPage(request: Request, text: string, problem: string | null = null, typed: TypedRequest | null = null) {
  const found = findByCode(text)
  const { names } = found?.campaignId === undefined ? campaignTerms(EVERY_TERM) : termsIn(found.campaignId)
  const page = (
    <CitizenRequestForm
      code={found?.code ?? ''}
      problem={problem}
      typed={typed}
      requests={requestsByCode(text) ?? []}
      held={dataByCode(text)}
      names={names}
    />
  )
  return answerPage(request, page, { status: problem === null ? 200 : 400 })
}

/** Opens the request. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const refusal = await badCodePage(request, params.code, context.address)
  if (refusal) return refusal
  const code = params.code ?? ''
  const form = await formOf(request)
  const kind = CITIZEN_REQUEST_KINDS.find(word => word === form.get('kind'))
  const message = cutText(String(form.get('message') ?? '').trim(), MOST_LETTERS)
  const again = (problem: string) => ownPage(request, code, problem, { kind: kind ?? null, message })
  if (!kind) return again('Anh/chị chọn một yêu cầu.')
  const asked = await retryBusy(() => askByCode(code, { kind, message }))
  if (asked.ok)
    return answerPage(
      request,
      <CitizenNotice title="Đã nhận yêu cầu">
        Cơ quan thường trực sẽ báo lại trong 2 ngày làm việc; mở lại trang này bằng cùng mã để xem tình trạng và câu trả
        lời.
      </CitizenNotice>,
    )
  if (asked.problem === 'nothing_restricted') return again('Dữ liệu của bác, anh, chị hiện không bị hạn chế sử dụng.')
  if (asked.problem === 'correction_unsaid') return again('Bác, anh, chị ghi rõ cần sửa gì, sửa thành thế nào.')
  return asked.problem === 'request_waits'
    ? answerPage(
        request,
        <CitizenNotice title="Yêu cầu trước đang chờ trả lời">
          Cơ quan thường trực đã nhận yêu cầu này của anh/chị và sẽ báo lại; anh/chị không cần gửi thêm.
        </CitizenNotice>,
      )
    : answerPage(
        request,
        <CitizenNotice title="Chưa có thông tin">Mã này chưa gắn với dữ liệu nào của anh/chị.</CitizenNotice>,
        { status: 409 },
      )
}
