import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { LOOKUP_PURPOSES } from '#app/domain/extract.ts'
import { LOOKUP_PASSWORD_LETTERS } from '#app/domain/extract-input.ts'
import { forbidden } from '#app/domain/refusal.ts'
import { sourcesOf } from '#app/queries/extract.server.ts'
import { MOST_LOOKED_UP } from '#app/queries/extract-lookup.server.ts'
import { hasDistricts, listCommunes, listLocalitiesBelow } from '#app/queries/locality.server.ts'
import { currentProvince } from '#app/queries/province.server.ts'
import { lookupPurposes } from '#app/text/extract.ts'
import { formatNumber } from '#app/text/format.ts'
import { labels } from '#app/text/vocabulary.ts'
import { Button } from '#app/ui/button.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeading } from '#app/ui/page.tsx'
import { Sheet } from '#app/ui/sheet.tsx'
import { reads } from '../_web/visit.server.ts'

export const meta: MetaFunction = () => [{ title: 'Xuất mã để tra cứu · 4 phủ' }]

export const loader = reads(({ actor, today }) => {
  const sources = sourcesOf(actor)
  if (sources.length === 0) throw forbidden()
  const communes = listCommunes(today)
  return {
    sources,
    most: MOST_LOOKED_UP,
    passwordLetters: LOOKUP_PASSWORD_LETTERS,
    places: hasDistricts(today)
      ? listLocalitiesBelow(currentProvince().code, today).map(({ code, type, name }) => ({
          holder: `${type} ${name}`,
          places: [
            { code, name: `Toàn bộ ${type} ${name}` },
            ...(communes.find(({ district }) => district === `${type} ${name}`)?.communes ?? []),
          ],
        }))
      : communes.map(({ district, communes: places }) => ({ holder: district, places })),
  }
})

export default function LookupPage() {
  const { sources, places, most, passwordLetters } = useLoaderData<typeof loader>()
  return (
    <div className="narrow stack">
      <PageHeading
        title="Xuất mã để tra cứu"
        note="Dành cho cơ quan không được đưa số liệu ra ngoài: tra cứu trên mạng nội bộ rồi gửi lại mã và kết quả"
        breadcrumbs={[{ to: '/doi-chieu', label: 'Đối chiếu' }]}
      />
      <Notice kind="warning" title="Tệp có số định danh của người dân">
        Việc xuất được ghi vào nhật ký cùng tên anh/chị và mục đích. Anh/chị giữ tệp trên máy của cơ quan và xóa khi tra
        cứu xong.
      </Notice>
      <Sheet>
        <form method="post" action="/doi-chieu/tra-cuu.zip" className="stack">
          <fieldset className="field">
            <legend>Tra cứu tại</legend>
            {sources.map((source, n) => (
              <label key={source} className="choice">
                <input type="radio" name="source" value={source} defaultChecked={n === 0} required />
                <span>{labels.extractSource[source]}</span>
              </label>
            ))}
          </fieldset>
          <div className="field">
            <label htmlFor="dia-ban">Địa bàn</label>
            <select id="dia-ban" name="localityCode" className="control" required>
              <option value="">Chọn</option>
              {places.map(({ holder, places: below }) => (
                <optgroup key={holder} label={holder}>
                  {below.map(({ code, name }) => (
                    <option key={code} value={code}>
                      {name}
                    </option>
                  ))}
                </optgroup>
              ))}
            </select>
          </div>
          <fieldset className="field">
            <legend>Mục đích</legend>
            {LOOKUP_PURPOSES.map(purpose => (
              <label key={purpose} className="choice">
                <input type="radio" name="purpose" value={purpose} required />
                <span>{lookupPurposes[purpose]}</span>
              </label>
            ))}
          </fieldset>
          <div className="field">
            <label htmlFor="mat-khau">Mật khẩu mở tệp</label>
            <p className="hint" id="mat-khau-huong-dan">
              Ít nhất {passwordLetters} ký tự. Anh/chị ghi lại và báo riêng cho người mở tệp; hệ thống không lưu.
            </p>
            <input
              id="mat-khau"
              name="password"
              className="control"
              required
              minLength={passwordLetters}
              autoComplete="off"
              spellCheck={false}
              aria-describedby="mat-khau-huong-dan"
            />
          </div>
          <Button type="submit">Xuất tệp khóa bằng mật khẩu</Button>
          <p className="small">
            Tệp zip chứa bảng tính, mở bằng 7-Zip hoặc WinRAR. Gồm các trường hợp chưa đối chiếu, tối đa{' '}
            {formatNumber(most)} trường hợp mỗi lần; địa bàn có nhiều hơn thì xuất theo từng xã. Kết quả gửi lại được
            tải lên ở “Tải số liệu lên”, chọn cột mã trường hợp.
          </p>
        </form>
      </Sheet>
    </div>
  )
}
