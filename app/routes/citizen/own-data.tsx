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
import { CitizenNotice, CitizenRequestForm } from '#app/ui/citizen-page.tsx'
import { formOf } from '../_web/body.server.ts'
import { badCodePage } from './code.server.tsx'
import { answerPage } from './page.server.ts'

const MOST_LETTERS = 500

/** Opens the page where a citizen asks to see, correct, restrict or delete their own data. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const refusal = await badCodePage(params.code, context.address)
  return refusal ?? ownPage(params.code ?? '', null)
}

/** The page of a code: requests with their answers, what is held where that was granted, a form for another request. */
function ownPage(text: string, problem: string | null) {
  const found = findByCode(text)
  const { names } = found?.campaignId === undefined ? campaignTerms(EVERY_TERM) : termsIn(found.campaignId)
  const page = (
    <CitizenRequestForm
      code={found?.code ?? ''}
      problem={problem}
      requests={requestsByCode(text) ?? []}
      held={dataByCode(text)}
      names={names}
    />
  )
  return answerPage(page, problem === null ? 200 : 400)
}

/** Opens the request. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const refusal = await badCodePage(params.code, context.address)
  if (refusal) return refusal
  const code = params.code ?? ''
  const form = await formOf(request)
  const kind = CITIZEN_REQUEST_KINDS.find(word => word === form.get('kind'))
  if (!kind) return ownPage(code, 'Anh/chị chọn một yêu cầu.')
  const message = cutText(String(form.get('message') ?? '').trim(), MOST_LETTERS)
  const asked = await retryBusy(() => askByCode(code, { kind, message }))
  if (asked.ok)
    return answerPage(
      <CitizenNotice title="Đã nhận yêu cầu">
        Cơ quan thường trực sẽ báo lại trong 2 ngày làm việc; mở lại trang này bằng cùng mã để xem tình trạng và câu trả
        lời.
      </CitizenNotice>,
    )
  if (asked.problem === 'nothing_restricted')
    return ownPage(code, 'Dữ liệu của bác, anh, chị hiện không bị hạn chế sử dụng.')
  if (asked.problem === 'correction_unsaid') return ownPage(code, 'Bác, anh, chị ghi rõ cần sửa gì, sửa thành thế nào.')
  return asked.problem === 'request_waits'
    ? answerPage(
        <CitizenNotice title="Yêu cầu trước đang chờ trả lời">
          Cơ quan thường trực đã nhận yêu cầu này của anh/chị và sẽ báo lại; anh/chị không cần gửi thêm.
        </CitizenNotice>,
      )
    : answerPage(
        <CitizenNotice title="Chưa có thông tin">Mã này chưa gắn với dữ liệu nào của anh/chị.</CitizenNotice>,
        409,
      )
}
