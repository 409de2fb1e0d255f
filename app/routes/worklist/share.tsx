import { type MetaFunction, redirect } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { SHARING_WAYS } from '#app/domain/sharing.ts'
import { findUnitHeading } from '#app/queries/board.server.ts'
import { applySharing, previewSharing, type SharingWish, shareOf } from '#app/queries/sharing.server.ts'
import { formatNumber } from '#app/text/format.ts'
import { noticeTo } from '#app/text/notice.ts'
import { sharingHints, sharingWays } from '#app/text/worklist.ts'
import { Button } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { BearerChoices, SharingPreview } from '#app/ui/sharing.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { UnitPageHeading } from '#app/ui/unit-heading.tsx'
import { useQuery } from '../_web/params.ts'
import { redirectWith } from '../_web/redirect.server.ts'
import { found, idOf, notFound, reads, writes } from '../_web/visit.server.ts'
import { sharingPage } from './params.ts'

export const meta: MetaFunction = () => [{ title: 'Chia danh sách · 4 phủ' }]
/** Names of citizens stay out of every cache. */
export const headers = () => ({ 'Cache-Control': 'no-store' })

const CAP = /^\d{1,4}$/

/** Reads the sharing that an address asks for. */
function wishIn(url: URL): SharingWish {
  const { way = 'automatic', from = 'none', itemIds, cap, ...rest } = sharingPage.read(url)
  return {
    ...rest,
    way,
    from,
    itemIds: itemIds.length > 0 ? itemIds : undefined,
    cap: CAP.test(cap) ? Number(cap) : null,
  }
}

export const loader = reads(({ actor, campaign }, { params, url }) => {
  const unitId = idOf(params.unitId)
  const heading = found(findUnitHeading(actor, campaign.id, unitId))
  if (!heading.allowed.share) throw notFound()
  const wish = wishIn(url)
  const { isAsked, cap } = sharingPage.read(url)
  const problem = isAsked ? problemOf(wish, cap) : null
  const preview = previewSharing(actor, campaign.id, unitId, isAsked ? wish : { ...wish, bearerKeys: [] })
  const others = preview.bearers.filter(({ key }) => key !== wish.from)
  const owing = others.filter(row => shareOf(row, wish.cap) > row.open).map(({ key }) => key)
  return {
    heading,
    wish: { ...wish, itemIds: wish.itemIds ?? [] },
    whose: [...preview.leavers, ...preview.bearers].find(({ key }) => key === wish.from)?.name ?? null,
    count: preview.count,
    bearers: others,
    ticked: isAsked || wish.bearerKeys.length > 0 ? wish.bearerKeys : wish.way === 'by_hand' ? [] : owing,
    cap,
    problem,
    preview: isAsked && problem === null ? preview : null,
  }
})

function problemOf({ way, bearerKeys }: SharingWish, cap: string): string | null {
  if (cap !== '' && !CAP.test(cap)) return 'Mức nhận tối đa là một số, hoặc để trống.'
  if (bearerKeys.length === 0) return 'Anh/chị chọn ít nhất một người hoặc một tổ nhận.'
  return way === 'by_hand' && bearerKeys.length > 1 ? 'Cách này giao cho đúng một người hoặc một tổ.' : null
}

export const action = writes(({ actor, campaign }, { params, form, url }) => {
  const unitId = idOf(params.unitId)
  const applied = applySharing(actor, campaign.id, unitId, { wish: wishIn(url), planKey: String(form.get('planKey')) })
  if (applied.ok) return redirectWith(`/don-vi/${unitId}/phan-cong`, 'da-chia', applied.given)
  return redirect(sharingPage.to(noticeTo(`/don-vi/${unitId}/phan-cong/chia`, 'da-doi'), sharingPage.read(url)))
})

export default function SharingPage() {
  const { heading, wish, cap, whose, count, bearers, ticked, problem, preview } = useLoaderData<typeof loader>()
  const action = sharingPage.to(`/don-vi/${heading.id}/phan-cong/chia`, useQuery(sharingPage))
  const source =
    wish.itemIds.length > 0 ? 'đã chọn' : whose === null ? 'chưa phân công cho ai' : `đang giao cho ${whose}`
  return (
    <div className="stack">
      <UnitPageHeading
        unit={heading}
        current="worklist"
        title="Chia danh sách"
        note={`${formatNumber(count)} người dân cần hỗ trợ ${source}${wish.hamlet ? `, ${wish.hamlet}` : ''}.`}
      />
      {problem === null ? null : <Notice kind="warning">{problem}</Notice>}
      {preview === null ? null : <SharingPreview {...preview} action={action} />}
      {count === 0 ? (
        <Sheet>
          <EmptyState title="Không có ai cần chia">Người dân trong phần này đã được phân công hoặc đã xong.</EmptyState>
        </Sheet>
      ) : (
        <Form method="get" className="stack">
          <input type="hidden" name="tu" value={wish.from} />
          {wish.hamlet ? <input type="hidden" name="ap" value={wish.hamlet} /> : null}
          {wish.itemIds.map(id => (
            <input key={id} type="hidden" name="chon" value={id} />
          ))}
          <Sheet title="Cách chia">
            <fieldset className="field">
              <legend className="visually-hidden">Cách chia</legend>
              {SHARING_WAYS.map(way => (
                <label key={way} className="choice">
                  <input type="radio" name="cach" value={way} defaultChecked={way === wish.way} />
                  <span>
                    {sharingWays[way]}
                    <span className="hint">{sharingHints[way]}</span>
                  </span>
                </label>
              ))}
            </fieldset>
            <div className="field">
              <label htmlFor="toi-da">Mỗi người nhận tối đa</label>
              <p id="toi-da-hint" className="hint">
                Để trống: bằng số người dân mà mỗi người còn thiếu so với chỉ tiêu. Phần của tổ là tổng của các tổ viên.
                Chỉ áp dụng cho cách tự động.
              </p>
              <input
                id="toi-da"
                name="toi-da"
                inputMode="numeric"
                pattern="[0-9]{1,4}"
                defaultValue={cap}
                aria-describedby="toi-da-hint"
                className="control control-short"
              />
            </div>
          </Sheet>
          <Sheet title="Người, tổ nhận">
            <BearerChoices bearers={bearers} ticked={ticked} />
            <div className="actions actions-below">
              <Button type="submit" name="xem" value="1">
                Xem trước
              </Button>
            </div>
          </Sheet>
        </Form>
      )}
    </div>
  )
}
