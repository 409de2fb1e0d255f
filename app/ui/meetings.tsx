import { Form } from '@remix-run/react'
import { clockWords } from '#app/text/council.ts'
import { formatDay, formatInstant, formatNumber, formatParts } from '#app/text/format.ts'
import { SubmitButton } from './form.tsx'
import { Facts, Row, RowList, Sheet } from './sheet.tsx'

type Meeting = {
  id: number
  hash: string
  metOn: string
  startedAt: number
  endedAt: number
  place: string
  chair: string
  secretary: string
  present: readonly string[]
  absent: readonly string[]
  votes: readonly {
    candidateId: number
    name: string
    votesFor: number
    votesTotal: number
    isKept: boolean
    reason: string
  }[]
  annexes?: readonly {
    commandId: number
    command: string
    count: number
    votesFor: number
    votesTotal: number
    isKept: boolean
    reason: string
  }[]
  supplements: readonly { body: string; recordedAt: number; recordedByName: string }[]
}

const votesIn = ({ votesFor, votesTotal, isKept }: { votesFor: number; votesTotal: number; isKept: boolean }) =>
  `${formatParts(votesFor, votesTotal)} ${isKept ? 'đồng ý' : 'đồng ý, không đề nghị'}`

/** The meetings of the council on a round as they were recorded; the newest takes a supplement, posted to `action`. */
export function Meetings({ meetings, action }: { meetings: readonly Meeting[]; action: string }) {
  return meetings.map((meeting, n) => (
    <Sheet key={meeting.id} title={`Phiên họp ngày ${formatDay(meeting.metOn)}`} note="Giữ nguyên như lúc ghi">
      <div className="stack">
        <Facts
          facts={[
            { name: 'Thời gian', value: `${clockWords(meeting.startedAt)} đến ${clockWords(meeting.endedAt)}` },
            { name: 'Địa điểm', value: meeting.place },
            { name: 'Chủ trì', value: meeting.chair },
            { name: 'Thư ký', value: meeting.secretary },
            { name: `Dự họp (${formatNumber(meeting.present.length)})`, value: meeting.present.join('; ') },
            { name: 'Vắng mặt', value: meeting.absent.join('; ') || 'Không' },
            { name: 'Mã kiểm tra', value: <code className="break">{meeting.hash}</code> },
          ]}
        />
        <RowList>
          {meeting.votes.map(vote => (
            <Row key={vote.candidateId} title={vote.name} detail={vote.reason || undefined} aside={votesIn(vote)} />
          ))}
          {meeting.annexes?.map(annex => (
            <Row
              key={`a${annex.commandId}`}
              title={`Phụ lục kín của ${annex.command}: ${formatNumber(annex.count)} cá nhân`}
              detail={annex.reason || undefined}
              aside={votesIn(annex)}
            />
          ))}
          {meeting.supplements.map(row => (
            <Row
              key={row.recordedAt}
              title={`Bổ sung: ${row.body}`}
              detail={`${row.recordedByName}, ${formatInstant(row.recordedAt)}`}
            />
          ))}
        </RowList>
        {n > 0 ? null : (
          <Form method="post" action={action} className="stack">
            <div className="field">
              <label htmlFor="bo-sung">Bổ sung vào biên bản</label>
              <textarea id="bo-sung" name="body" rows={2} maxLength={2000} required className="control" />
            </div>
            <SubmitButton action={action} variant="quiet">
              Ghi bổ sung
            </SubmitButton>
          </Form>
        )}
      </div>
    </Sheet>
  ))
}
