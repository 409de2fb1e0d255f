import { Sheet } from './sheet.tsx'

/** The field in which the help form sends who came along. */
export const COMPANION = 'nguoi-di-cung'

/** The others of one's teams, to tick who came along on the visit; `sent` is what a refused form had ticked. */
export function CompanionChoices({
  mates,
  sent,
}: {
  mates: readonly { officialId: number; name: string }[]
  sent: unknown
}) {
  if (mates.length === 0) return null
  const ticked = [sent].flat().map(String)
  return (
    <Sheet title="Người đi cùng" note="không bắt buộc">
      <fieldset className="field">
        <legend>Tổ viên cùng đi lần này</legend>
        <p className="hint">
          Trường hợp tính cho anh/chị là người ghi; người đi cùng được tính ngày công khi chính họ đồng ý.
        </p>
        {mates.map(({ officialId, name }) => (
          <label key={officialId} className="choice">
            <input
              type="checkbox"
              name={COMPANION}
              value={officialId}
              defaultChecked={ticked.includes(String(officialId))}
            />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
    </Sheet>
  )
}
