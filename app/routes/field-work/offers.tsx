import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { canSomewhere } from '#app/access/policy.ts'
import { dayOf } from '#app/domain/calendar.ts'
import { FILE_PASSWORD_LETTERS } from '#app/domain/locked-file.ts'
import { CARRIERS, OFFER_KINDS } from '#app/domain/vocabulary.ts'
import { countWishes, listHandovers, listOffers, ownWishes } from '#app/queries/offer.server.ts'
import { formatDay, formatInstant, formatNumber } from '#app/text/format.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { labels } from '#app/text/vocabulary.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { type Column, DataTable } from '#app/ui/data-table.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { useProvince } from '#app/ui/province.ts'
import { Row, RowList, Sheet } from '#app/ui/sheet.tsx'
import { reads } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Ưu đãi · 4 phủ' }]

export const loader = reads(({ actor, campaign }) => {
  const offers = listOffers(campaign.id)
  return {
    offers,
    carriers: CARRIERS.filter(carrier => offers.some(offer => offer.carrier === carrier)),
    mayEdit: canSomewhere(actor, 'offer.edit'),
    wishes: countWishes(actor, campaign.id) ?? null,
    handovers: listHandovers(actor, campaign.id),
    own: ownWishes(actor, campaign.id).map(wish => ({ ...wish, askedOn: dayOf(wish.askedAt) })),
  }
})

const priceText = (price: number) => (price === 0 ? 'Miễn phí' : `${formatNumber(price)} đồng`)

export default function OffersPage() {
  const { offers, carriers, mayEdit, wishes, own } = useLoaderData<typeof loader>()
  const { telecomOffice } = useProvince()
  const columns: Column<(typeof OFFER_KINDS)[number]>[] = [
    { key: 'kind', header: 'Nội dung', cell: kind => officeLabels.offerKind[kind] },
    ...carriers.map(
      (carrier): Column<(typeof OFFER_KINDS)[number]> => ({
        key: carrier,
        header: labels.carrier[carrier],
        cell: kind => <Offers offers={offers.filter(offer => offer.kind === kind && offer.carrier === carrier)} />,
      }),
    ),
  ]
  return (
    <div className="stack">
      <PageHeading
        title="Ưu đãi của các nhà mạng"
        note={`Giá đang áp dụng, do ${telecomOffice} cập nhật từ nhà mạng. Người dân tự chọn; không bắt buộc mua.`}
        actions={mayEdit ? <ButtonLink to="/uu-dai/moi">Thêm ưu đãi</ButtonLink> : undefined}
      />
      <Sheet>
        <DataTable
          caption="Ưu đãi theo nội dung và nhà mạng"
          columns={columns}
          rows={OFFER_KINDS.filter(kind => offers.some(offer => offer.kind === kind))}
          rowKey={kind => kind}
          asCards
          empty={
            <EmptyState title="Chưa có ưu đãi nào đang áp dụng">
              Khi nhà mạng công bố, giá hiện ở đây để so sánh.
            </EmptyState>
          }
        />
      </Sheet>
      {wishes === null ? null : <WishesByCommune />}
      {own.length === 0 ? null : (
        <Sheet title="Nhu cầu anh/chị đã ghi" note="20 lần gần nhất">
          <RowList>
            {own.map(wish => (
              <Row
                key={wish.id}
                title={`${wish.citizenName}, ${wish.area}`}
                detail={`${labels.carrier[wish.carrier]}, ${wish.offerName} · ${formatDay(wish.askedOn)}`}
                aside={
                  wish.handedAt === null ? (
                    <Confirm
                      label="Bỏ"
                      question="Bỏ nhu cầu này?"
                      consequence="Họ tên và số điện thoại bị xóa, nhà mạng không nhận được."
                      action={`/uu-dai/nhu-cau/${wish.id}/bo`}
                    />
                  ) : (
                    <span className="small">Đã chuyển nhà mạng</span>
                  )
                }
              />
            ))}
          </RowList>
        </Sheet>
      )}
    </div>
  )
}

type Offer = ReturnType<typeof useLoaderData<typeof loader>>['offers'][number]

function Offers({ offers }: { offers: readonly Offer[] }) {
  const { mayEdit } = useLoaderData<typeof loader>()
  if (offers.length === 0) return '–'
  return (
    <ul className="plain-list">
      {offers.map(offer => (
        <li key={offer.id}>
          <b>{priceText(offer.price)}</b>, {offer.name}
          <div className="small">
            {[
              offer.terms,
              offer.documentNumber && `Văn bản ${offer.documentNumber}`,
              offer.toOn === null ? '' : `Đến ${formatDay(offer.toOn)}`,
            ]
              .filter(Boolean)
              .join(' · ')}
          </div>
          <div className="actions">
            <Link to={`/uu-dai/${offer.id}/dang-ky`}>
              Ghi nhu cầu<span className="visually-hidden"> {offer.name}</span>
            </Link>
            {mayEdit ? (
              <Confirm
                label="Kết thúc"
                question={`Kết thúc ưu đãi “${offer.name}”?`}
                consequence="Ưu đãi không còn hiện để chọn; nhu cầu đã ghi vẫn giữ."
                action={`/uu-dai/${offer.id}/ket-thuc`}
              />
            ) : null}
          </div>
        </li>
      ))}
    </ul>
  )
}

function WishesByCommune() {
  const { wishes, handovers } = useLoaderData<typeof loader>()
  const rows = wishes ?? []
  const waiting = CARRIERS.flatMap(carrier => {
    const count = rows.filter(row => row.carrier === carrier).reduce((sum, row) => sum + row.open, 0)
    return count > 0 ? [{ carrier, count }] : []
  })
  return (
    <Sheet title="Nhu cầu của người dân" note="Theo nhà mạng và xã, phường; không nêu tên">
      <div className="stack">
        <DataTable
          caption="Nhu cầu của người dân theo nhà mạng và địa bàn"
          columns={[
            { key: 'area', header: 'Địa bàn', cell: row => row.area },
            { key: 'carrier', header: 'Nhà mạng', cell: row => labels.carrier[row.carrier] },
            { key: 'all', header: 'Đã ghi', align: 'end', cell: row => formatNumber(row.all) },
            { key: 'open', header: 'Chưa chuyển', align: 'end', cell: row => formatNumber(row.open) },
          ]}
          rows={rows}
          rowKey={row => `${row.carrier}/${row.localityCode}`}
          empty={<EmptyState title="Chưa có nhu cầu nào">Người thực hiện ghi khi người dân đồng ý.</EmptyState>}
        />
        {waiting.length === 0 ? null : (
          <div className="stack">
            {waiting.map(({ carrier, count }) => (
              <LockedFile
                key={carrier}
                name="carrier"
                value={carrier}
                label={`Chuyển ${formatNumber(count)} nhu cầu cho ${labels.carrier[carrier]}`}
              />
            ))}
          </div>
        )}
        <p className="small">
          Khi chuyển, hệ thống tải về tệp zip khóa bằng mật khẩu có họ tên, số điện thoại để gửi nhà mạng, đánh dấu đã
          chuyển và ghi nhật ký. Mật khẩu không lưu lại; anh/chị báo riêng cho nhà mạng.
        </p>
        {handovers.length === 0 ? null : (
          <>
            <h3>Đã chuyển</h3>
            <RowList>
              {handovers.map(({ id, carrier, count, madeAt, madeBy }) => (
                <Row
                  key={id}
                  title={`${labels.carrier[carrier]}, ${formatNumber(count)} nhu cầu`}
                  detail={`${formatInstant(madeAt)} · ${madeBy}`}
                  aside={<LockedFile name="handoverId" value={String(id)} label="Tải lại" />}
                />
              ))}
            </RowList>
          </>
        )}
      </div>
    </Sheet>
  )
}

/** Asks for the password that locks a file of wishes, and downloads it. */
function LockedFile({ name, value, label }: { name: 'carrier' | 'handoverId'; value: string; label: string }) {
  const id = `mat-khau-${name}-${value}`
  return (
    <Form method="post" action="/uu-dai/ban-giao.zip" reloadDocument className="actions">
      <input type="hidden" name={name} value={value} />
      <label htmlFor={id} className="visually-hidden">
        Mật khẩu mở tệp, ít nhất {FILE_PASSWORD_LETTERS} ký tự
      </label>
      <input
        id={id}
        name="password"
        className="control"
        required
        minLength={FILE_PASSWORD_LETTERS}
        autoComplete="off"
        spellCheck={false}
        placeholder={`Mật khẩu, ít nhất ${FILE_PASSWORD_LETTERS} ký tự`}
      />
      <Button type="submit" variant="quiet">
        {label}
      </Button>
    </Form>
  )
}
