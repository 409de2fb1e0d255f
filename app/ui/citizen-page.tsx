import { createContext, type ReactNode, useContext } from 'react'
import { ANSWER_LETTERS } from '#app/domain/citizen-answer.ts'
import type { OwnData, OwnRequest } from '#app/domain/citizen-right.ts'
import type { Outcomes } from '#app/domain/verdict.ts'
import { CITIZEN_REQUEST_KINDS, type CitizenRequestKind, OUTCOMES, type Outcome } from '#app/domain/vocabulary.ts'
import { CITIZEN_CONSENT, CITIZEN_CONSENT_VERSION, citizenRequestTexts, requestStateText } from '#app/text/citizen.ts'
import { formatDay, formatInstant, maskNumber } from '#app/text/format.ts'
import type { TermNames } from '#app/text/terms.ts'
import { labels, TYPED_NAME } from '#app/text/vocabulary.ts'

/** Whether the citizen wants large letters; each page of theirs offers the other size. */
export const LetterSize = createContext(false)

/** A page for a citizen's own phone, outside the shell: no script, the phone's font, one small stylesheet. */
export function CitizenPage({ title, children }: { title: string; children: ReactNode }) {
  const isLarge = useContext(LetterSize)
  return (
    <html lang="vi" className={isLarge ? 'large' : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <title>{`${title} · 4 phủ`}</title>
        <link rel="stylesheet" href="/x.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <main>
          <p className="letters">
            <a href={isLarge ? '?co-chu=thuong' : '?co-chu=lon'}>{isLarge ? 'Chữ thường' : 'Chữ to'}</a>
          </p>
          <h1>{title}</h1>
          {children}
        </main>
      </body>
    </html>
  )
}

/** One sentence or two, where there is nothing to answer. */
export function CitizenNotice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <CitizenPage title={title}>
      <p>{children}</p>
    </CitizenPage>
  )
}

/** Asks for the code of a slip, where none or a wrong one was typed. */
export function CitizenCodeForm({ problem }: { problem: string | null }) {
  return (
    <CitizenPage title="Xác nhận của người dân">
      {problem ? (
        <p role="alert" className="alert">
          {problem}
        </p>
      ) : null}
      <form method="get" action="/x">
        <label htmlFor="ma">Mã trên phiếu, 16 chữ và số</label>
        <input id="ma" name="ma" required autoComplete="off" autoCapitalize="characters" />
        <button type="submit">Xem</button>
      </form>
    </CitizenPage>
  )
}

type CitizenQuestion = {
  code: string
  campaignCode: string
  campaignIssuer: string
  officialName: string
  unitName: string
  citizenName: string
  numberTail: string
  helpedOn: string
  outcomes: Outcomes
}

/**
 * Asks the citizen: who claims to have helped with what, and the three answers. `typed`: what was sent and could not be
 * taken, and why.
 */
export function CitizenQuestionPage({
  asked,
  names,
  typed,
}: {
  asked: CitizenQuestion
  names: TermNames
  typed: { problem: string; outcomes: readonly Outcome[]; words: string } | null
}) {
  const claimed = OUTCOMES.filter(outcome => asked.outcomes[outcome]?.value === 'achieved')
  const action = `/x/${asked.code}`
  return (
    <CitizenPage title="Cán bộ đã hỗ trợ bác, anh, chị?">
      {typed ? (
        <p role="alert" className="alert">
          {typed.problem}
        </p>
      ) : null}
      <p>
        <strong>{asked.officialName}</strong>, {asked.unitName}, ghi rằng ngày {formatDay(asked.helpedOn)} đã giúp{' '}
        <strong>{asked.citizenName}</strong> (số định danh {maskNumber(asked.numberTail)}):
      </p>
      <ul>
        {claimed.map(outcome => (
          <li key={outcome}>{names.outcome[outcome]}</li>
        ))}
      </ul>
      <form method="post" action={action}>
        <input type="hidden" name="answer" value="yes" />
        <p id="dong-y">{CITIZEN_CONSENT}</p>
        <button type="submit" name="consent" value={CITIZEN_CONSENT_VERSION} aria-describedby="dong-y">
          Đúng, tôi đã được hỗ trợ và đồng ý
        </button>
      </form>
      {claimed.length > 0 ? (
        <details open={typed !== null}>
          <summary>Có việc chưa làm được</summary>
          <form method="post" action={action}>
            <input type="hidden" name="answer" value="not_quite" />
            <fieldset>
              <legend>Việc nào chưa làm được? Đánh dấu một hoặc nhiều việc.</legend>
              {claimed.map(outcome => (
                <label key={outcome} className="tick">
                  <input
                    type="checkbox"
                    name="outcome"
                    value={outcome}
                    defaultChecked={typed?.outcomes.includes(outcome)}
                  />
                  <span>{names.outcome[outcome]}</span>
                </label>
              ))}
            </fieldset>
            <label htmlFor="loi">Lời của bác, anh, chị (có thể để trống)</label>
            <textarea id="loi" name="words" rows={2} maxLength={ANSWER_LETTERS} defaultValue={typed?.words} />
            <p className="hint">Cán bộ đã hỗ trợ và đơn vị của họ đọc được lời này.</p>
            <button type="submit" className="quiet">
              Gửi: có việc chưa làm được
            </button>
          </form>
        </details>
      ) : null}
      <details>
        <summary>Không có việc này</summary>
        <form method="post" action={action}>
          <input type="hidden" name="answer" value="no" />
          <p>Trường hợp này sẽ không được tính. Người ghi chỉ biết câu trả lời, không biết thêm gì khác.</p>
          <button type="submit" className="quiet">
            Gửi: không có việc này
          </button>
        </form>
      </details>
      <p className="small">
        Kế hoạch {asked.campaignCode} của {asked.campaignIssuer}. Không ai được hỏi mật khẩu hay mã OTP.{' '}
        <a href={`${action}/du-lieu`}>Xem, sửa, xóa dữ liệu của tôi</a>
      </p>
    </CitizenPage>
  )
}

/** Thanks the citizen, and says how to look up their data. */
export function CitizenThanks({ code, isLate }: { code: string; isLate: boolean }) {
  return (
    <CitizenPage title={isLate ? 'Đã có câu trả lời' : 'Cảm ơn bác, anh, chị'}>
      <p>{isLate ? 'Mã này đã được dùng.' : 'Câu trả lời đã được ghi nhận.'}</p>
      <p>Trả lời nhầm thì bác, anh, chị gửi yêu cầu sửa ở đường dẫn dưới đây.</p>
      <p className="small">
        <a href={`/x/${code}/du-lieu`}>Xem, sửa, xóa dữ liệu của tôi</a>
      </p>
    </CitizenPage>
  )
}

/** What a citizen sent and could not be taken. */
export type TypedRequest = { kind: CitizenRequestKind | null; message: string }

/** The citizen's requests with state and answer, what is held once they may see it, and a new request. */
export function CitizenRequestForm({
  code,
  problem,
  typed,
  requests,
  held,
  names,
}: {
  code: string
  problem: string | null
  typed: TypedRequest | null
  requests: readonly OwnRequest[]
  held: OwnData | null
  names: TermNames
}) {
  return (
    <CitizenPage title="Dữ liệu của tôi">
      {problem ? (
        <p role="alert" className="alert">
          {problem}
        </p>
      ) : null}
      {requests.length === 0 ? null : (
        <>
          <h2>Yêu cầu đã gửi</h2>
          <ul>
            {requests.map(request => (
              <li key={request.id}>
                <strong>{citizenRequestTexts[request.kind]}</strong>, gửi {formatInstant(request.askedAt)}.{' '}
                {requestStateText(request)}
                {request.closedAt === null
                  ? `, trả lời chậm nhất ${formatDay(request.meetBy)}.`
                  : ` ${formatInstant(request.closedAt)}.`}
                {request.answer ? <p>{request.answer}</p> : null}
              </li>
            ))}
          </ul>
        </>
      )}
      {held ? <CitizenHeld held={held} names={names} /> : null}
      <p>
        Cơ quan thường trực báo đã nhận trong 2 ngày làm việc. Sửa trong 10 ngày, hạn chế trong 15 ngày, xóa trong 20
        ngày. Câu trả lời hiện tại trang này, mở bằng cùng mã.
      </p>
      <form method="post" action={`/x/${code}/du-lieu`}>
        <fieldset>
          <legend>Yêu cầu</legend>
          {CITIZEN_REQUEST_KINDS.filter(kind => isOffered(kind, requests)).map(kind => (
            <label key={kind} className="tick">
              <input type="radio" name="kind" value={kind} required defaultChecked={typed?.kind === kind} />
              <span>{citizenRequestTexts[kind]}</span>
            </label>
          ))}
        </fieldset>
        <label htmlFor="loi-nhan">Nội dung cần sửa (bắt buộc khi yêu cầu sửa), hoặc cách liên hệ</label>
        <textarea id="loi-nhan" name="message" rows={3} maxLength={500} defaultValue={typed?.message} />
        <button type="submit">Gửi yêu cầu</button>
      </form>
    </CitizenPage>
  )
}

/** A restriction is lifted where one was made, by a request that this page shows. */
const isOffered = (kind: CitizenRequestKind, requests: readonly OwnRequest[]) =>
  kind !== 'lift' || requests.some(request => request.kind === 'restrict' && request.isMet === true)

/** Shows the citizen what is held in the record behind their code. */
function CitizenHeld({ held, names }: { held: OwnData; names: TermNames }) {
  const rows: [string, string][] = [
    ['Họ và tên', held.name],
    ...(held.nameTyped === null ? [] : [[TYPED_NAME, held.nameTyped] satisfies [string, string]]),
    ['Số định danh', held.number],
    ['Ngày hoặc năm sinh', held.birth],
    ['Điện thoại', held.phone ?? 'Không có'],
    ['Nơi ở', [held.hamlet, held.area].filter(Boolean).join(', ')],
    ['Ngày hỗ trợ', `${formatDay(held.helpedOn)}, ${held.officialName} ghi`],
    ...OUTCOMES.flatMap((outcome): [string, string][] => {
      const value = held.outcomes[outcome]
      return value ? [[names.outcome[outcome], labels.outcomeValue[value]]] : []
    }),
    ['Câu trả lời của bác, anh, chị', held.answer === null ? 'Chưa có' : labels.citizenAnswer[held.answer]],
    ...(held.words === null ? [] : [['Lời kèm câu trả lời', held.words] satisfies [string, string]]),
    ['Danh sách cần hỗ trợ có tên', held.lists === 0 ? 'Không có' : String(held.lists)],
    ['Trường hợp khác ghi về bác, anh, chị', held.otherRecords === 0 ? 'Không có' : String(held.otherRecords)],
  ]
  return (
    <>
      <h2>Dữ liệu đang lưu</h2>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
