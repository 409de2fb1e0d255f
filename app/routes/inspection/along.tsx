import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { deviceOf } from '#app/access/device.server.ts'
import { MOST_SHEETS } from '#app/domain/offline.ts'
import { OPENING_PURPOSES } from '#app/domain/vocabulary.ts'
import type { Taken } from '#app/offline/sheets.ts'
import { listSheetsToTake } from '#app/queries/inspection-along.server.ts'
import { isRemembered } from '#app/queries/remembered-device.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { placeInWords } from '#app/text/inspection.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { Button, ButtonLink, buttonClass } from '#app/ui/button.tsx'
import { ChoiceList } from '#app/ui/choice-list.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { idOf, reads } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Mang phiếu theo · 4 phủ' }]

export const loader = reads(({ actor, campaign }, { params, request }) => {
  const inspectionId = idOf(params.inspectionId)
  const { unitName, open } = listSheetsToTake(actor, campaign.id, inspectionId)
  return {
    inspectionId,
    unitName,
    sheets: open.map(({ helpId, place, hamlet, commune }) => ({ helpId, place, where: placeInWords(hamlet, commune) })),
    hasPin: isRemembered(actor, deviceOf(request).hash),
  }
})

const refused = (message: string): Taken => ({ kind: 'refused', message })

/** Takes the ticked sheets along; the phone's store is loaded only now. */
async function takeTicked(inspectionId: number, form: FormData): Promise<Taken> {
  const helpIds = form.getAll('chon').map(Number)
  const purpose = OPENING_PURPOSES.find(known => known === form.get('purpose'))
  if (helpIds.length === 0) return refused('Anh/chị chọn ít nhất một phiếu.')
  if (helpIds.length > MOST_SHEETS)
    return refused(`Mỗi lần mang theo nhiều nhất ${MOST_SHEETS} phiếu. Anh/chị bỏ chọn bớt.`)
  if (purpose === undefined) return refused('Anh/chị chọn mở thông tin để làm gì.')
  try {
    const { takeAlong } = await import('#app/offline/sheets.ts')
    return await takeAlong({ inspectionId, helpIds, purpose })
  } catch {
    return refused('Máy chưa lưu được các phiếu này. Anh/chị kiểm tra bộ nhớ của máy rồi bấm lại.')
  }
}

/** Takes sheets of an inspection along on the inspector's own phone, for places without a network. */
export default function TakeAlongPage() {
  const { inspectionId, unitName, sheets, hasPin } = useLoaderData<typeof loader>()
  const [said, setSaid] = useState<Taken>()
  const [isTaking, setTaking] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  // the button is in sight wherever the list is scrolled to; the answer is above it
  useEffect(() => {
    if (said !== undefined) place.current?.scrollIntoView({ block: 'center' })
  }, [said])
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isTaking) return
    setTaking(true)
    setSaid(await takeTicked(inspectionId, new FormData(event.currentTarget)))
    setTaking(false)
  }
  return (
    <div className="narrow stack">
      <PageHeading
        title="Mang phiếu theo"
        note={`${unitName} · dùng ở nơi không có mạng`}
        breadcrumbs={[
          { to: '/kiem-tra', label: 'Kiểm tra' },
          { to: `/kiem-tra/${inspectionId}`, label: unitName },
        ]}
      />
      <noscript>
        <p>Mang phiếu theo cần JavaScript. Khi có mạng, anh/chị mở từng phiếu như thường.</p>
      </noscript>
      {hasPin ? null : <PinNeeded />}
      <div ref={place}>{said === undefined ? null : <TakingSaid said={said} isPinNew={hasPin} />}</div>
      {sheets.length === 0 ? (
        <Sheet>
          <EmptyState title="Không còn phiếu nào chờ kết quả">
            Các phiếu đã có kết quả, hoặc cuộc kiểm tra đã kết thúc.
          </EmptyState>
        </Sheet>
      ) : (
        <form onSubmit={submit} className="stack">
          <Sheet title="Anh/chị mở thông tin để">
            <fieldset className="field">
              <legend className="visually-hidden">Anh/chị mở thông tin để</legend>
              {OPENING_PURPOSES.map(purpose => (
                <label key={purpose} className="choice">
                  <input type="radio" name="purpose" value={purpose} />
                  <span>{officeLabels.openingPurpose[purpose]}</span>
                </label>
              ))}
            </fieldset>
            <p className="small">
              Mỗi phiếu mang theo là một lượt mở, được lưu vào nhật ký. Phiếu được khóa bằng mã PIN của máy này, tự xóa
              sau khi gửi kết quả hoặc sau 24 giờ.
            </p>
          </Sheet>
          <Sheet title="Phiếu chờ kết quả" note={`${formatNumber(sheets.length)} phiếu, theo thứ tự đường đi`}>
            <ChoiceList
              choices={sheets.map(({ helpId, place, where }) => ({
                id: helpId,
                name: `Phiếu ${place}, ${where}`,
                title: `Phiếu ${place}, ${where}`,
                group: where,
              }))}
            >
              <Button type="submit" aria-disabled={isTaking || undefined}>
                {isTaking ? 'Đang mở…' : 'Mang theo các phiếu đã chọn'}
              </Button>
            </ChoiceList>
          </Sheet>
        </form>
      )}
      <p className="actions">
        <a href="/ngoai-tuyen#phieu">Phiếu đang có trên máy này</a>
      </p>
    </div>
  )
}

/** `isPinNew`: the account has a PIN that this browser's store does not know, which the page has not said yet. */
function TakingSaid({ said, isPinNew }: { said: Taken; isPinNew: boolean }) {
  if (said.kind === 'taken')
    return (
      <Notice kind="success" title={`Đã mang theo ${formatNumber(said.count)} phiếu`}>
        <p>Mất mạng anh/chị vẫn mở và ghi kết quả được; có mạng thì máy gửi.</p>
        <p>
          <a className={buttonClass({})} href="/ngoai-tuyen#phieu">
            Mở các phiếu trên máy
          </a>
        </p>
      </Notice>
    )
  return said.needsPin && isPinNew ? <PinNeeded /> : <Notice kind="error">{said.message}</Notice>
}

function PinNeeded() {
  return (
    <Notice kind="warning" title="Máy này chưa có mã PIN">
      <p>Phiếu mang theo có thông tin của người dân nên được khóa bằng mã PIN.</p>
      <ButtonLink to="/tai-khoan/may">Đặt mã PIN cho máy này</ButtonLink>
    </Notice>
  )
}
