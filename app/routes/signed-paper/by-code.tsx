import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { hasTriedManyCodes, noteWrongCode } from '#app/access/password.server.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { readCode } from '#app/domain/citizen-code.ts'
import { PAPER_KINDS } from '#app/jobs/papers/paper-kind.server.ts'
import { type PaperRow, paperByCode, signaturesOf } from '#app/queries/prepared-paper.server.ts'
import { retryBusy } from '#app/queries/retry.server.ts'
import { targetOfUnit } from '#app/queries/stored-file.server.ts'
import { titleOfUnit } from '#app/queries/unit-title.server.ts'
import { formatDay } from '#app/text/format.ts'
import { CitizenNotice } from '#app/ui/citizen-page.tsx'
import { PaperCodeForm, PublicPaperPage } from '#app/ui/paper-code-page.tsx'
import { visitOf } from '../_web/visit.server.ts'
import { answerPage } from '../citizen/page.server.ts'

/**
 * Tells of the paper whose printed code was scanned or typed: whose it is, its day and how many signed. Who may see the
 * paper is led to its page. A right code is never refused; wrong ones count with wrong codes of citizens.
 */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const code = readCode(params.code ?? '')
  const row = code === null ? undefined : paperByCode(code)
  if (row === undefined) return wrongCode(request, code, context.address)
  const visit = await visitOf(request, context)
  if (visit?.campaign.id === row.campaignId && PAPER_KINDS[row.kind].maySee(visit.actor, row))
    throw redirect(`/van-ban/${row.id}`)
  return answerPage(request, <PublicPaperPage paper={publicPart(row)} />)
}

async function wrongCode(request: Request, code: string | null, address: string) {
  if (await hasTriedManyCodes(address))
    return answerPage(
      request,
      <CitizenNotice title="Đã thử nhiều mã">Anh/chị chờ 15 phút rồi mở lại đường dẫn hoặc nhập lại mã.</CitizenNotice>,
      { status: 429 },
    )
  // only what could be a code is a guess
  if (code !== null) await retryBusy(() => noteWrongCode(address))
  return answerPage(request, <PaperCodeForm problem="Không có mã này. Anh/chị xem lại mã ở chân văn bản." />, {
    status: 404,
  })
}

/** What of a paper anybody may know: no name, and of a unit of the armed forces no number (domain 3). */
function publicPart(row: PaperRow) {
  const isGuarded = targetOfUnit(row.unitId).guardPath != null
  return {
    kind: row.kind,
    unitName: isGuarded ? 'đơn vị lực lượng vũ trang' : titleOfUnit(row.unitId),
    preparedOn: formatDay(dayOf(row.preparedAt)),
    signatures: isGuarded ? null : signaturesOf(row.id).length,
    isSigned: row.signedAt !== null,
    detailsAt: `/van-ban/${row.id}`,
  }
}
