import { hasTriedManyCodes, noteWrongCode } from '#app/access/password.server.ts'
import { readCode } from '#app/domain/citizen-code.ts'
import { findByCode } from '#app/queries/citizen-answer.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { CitizenCodeForm, CitizenNotice } from '#app/ui/citizen-page.tsx'
import { answerPage } from './page.server.ts'

/**
 * Returns the response for an invalid or rate-limited code; null if the code is valid, no matter how many tries came
 * from this address.
 */
export async function badCodePage(
  request: Request,
  code: string | undefined,
  address: string,
): Promise<Response | null> {
  if (findByCode(code ?? '')) return null
  if (await hasTriedManyCodes(address))
    return answerPage(
      request,
      <CitizenNotice title="Đã thử nhiều mã">Anh/chị chờ 15 phút rồi mở lại đường dẫn hoặc nhập lại mã.</CitizenNotice>,
      { status: 429 },
    )
  // only what could be a code is a guess
  if (readCode(code ?? '') !== null) await retryBusy(() => noteWrongCode(address))
  return answerPage(request, <CitizenCodeForm problem="Không có mã này. Anh/chị xem lại mã trên phiếu." />, {
    status: 404,
  })
}
