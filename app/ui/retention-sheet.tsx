import { RETENTION_RULES, type RetentionRule } from '#app/domain/retention.ts'
import { formatInstant, formatNumber } from '#app/text/format.ts'
import { explainRetention, lastingTexts, retentionTexts } from '#app/text/retention.ts'
import { Row, RowList, Sheet } from './sheet.tsx'

/** Shows what is kept how long and why, and what was last removed; `removal` null: nothing was removed yet. */
export function RetentionSheet({
  removal,
}: {
  removal: { at: number; removed: Partial<Record<RetentionRule, number>> } | null
}) {
  return (
    <Sheet
      title="Thời hạn lưu giữ"
      note={
        removal
          ? `Hệ thống tự xóa mỗi ngày. Lần gần nhất: ${formatInstant(removal.at)}.`
          : 'Hệ thống tự xóa mỗi ngày. Chưa xóa lần nào.'
      }
    >
      <RowList>
        {RETENTION_RULES.map(rule => {
          const count = removal?.removed[rule] ?? 0
          return (
            <Row
              key={rule}
              title={retentionTexts[rule].title}
              detail={
                <>
                  <p>Giữ {explainRetention(rule)}.</p>
                  <p>{retentionTexts[rule].why}</p>
                </>
              }
              aside={count === 0 ? undefined : `vừa xóa ${formatNumber(count)}`}
            />
          )
        })}
        {lastingTexts.map(({ title, kept, why }) => (
          <Row
            key={title}
            title={title}
            detail={
              <>
                <p>{kept.charAt(0).toUpperCase() + kept.slice(1)}.</p>
                <p>{why}</p>
              </>
            }
          />
        ))}
      </RowList>
    </Sheet>
  )
}
