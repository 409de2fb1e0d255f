import type { Indicator } from '#app/domain/campaign-indicator.ts'
import { foldName } from '#app/domain/name.ts'
import type { ExchangedTable } from '#app/domain/vocabulary.ts'

type Named = Pick<Indicator, 'code' | 'name'> & Partial<Pick<Indicator, 'shortName' | 'printedName' | 'publicName'>>

/**
 * What the fields of a table are called; as column heads they are recognised in other systems' tables. `indicators` are
 * those of the campaign whose figures it holds.
 */
export function layoutLabels(table: ExchangedTable, indicators: readonly Named[]): Record<string, string> {
  if (table !== 'indicator_figures') return layoutFieldLabels[table]
  return { ...layoutFieldLabels[table], ...Object.fromEntries(indicators.map(({ code, name }) => [code, name])) }
}

/**
 * Other heads of a table's fields, folded. An indicator is also found by its short, printed and public name, where no
 * other indicator of the campaign has that one.
 */
export function layoutHeads(
  table: ExchangedTable,
  indicators: readonly Named[],
): Partial<Record<string, readonly string[]>> {
  const known = layoutSynonyms[table] ?? {}
  if (table !== 'indicator_figures') return known
  const headsOf = ({ name, shortName, printedName, publicName }: Named) =>
    new Set([name, shortName, printedName, publicName].flatMap(words => (words ? [foldName(words)] : [])))
  const sets = indicators.map(headsOf)
  const own = indicators.map(({ code }, n) => [
    code,
    [...(sets[n] ?? [])].filter(head => sets.every((other, m) => m === n || !other.has(head))),
  ])
  return { ...known, ...(Object.fromEntries(own) as Record<string, string[]>) }
}

/** What our fields are called, by table; those of a campaign's indicators are added by `layoutLabels`. */
const layoutFieldLabels: Record<ExchangedTable, Record<string, string>> = {
  indicator_figures: { locality: 'Địa bàn', locality_code: 'Mã địa bàn' },
  reports: {
    unit: 'Đơn vị',
    period: 'Kỳ báo cáo',
    state: 'Tình trạng',
    officials: 'Người thực hiện',
    target: 'Chỉ tiêu',
    reported: 'Ghi nhận',
    counted: 'Được tính',
    verified: 'Đã đối chiếu',
    all_met: 'Đạt đủ nội dung bản thân',
    reached: 'Đạt chỉ tiêu',
  },
  outreach: {
    unit: 'Đơn vị',
    day: 'Ngày',
    channel: 'Hình thức',
    locality: 'Địa bàn',
    locality_code: 'Mã địa bàn',
    place: 'Địa điểm',
    people: 'Số người',
    note: 'Ghi chú',
  },
  collection_days: {
    unit: 'Đơn vị',
    point: 'Điểm thu nhận',
    day: 'Ngày',
    invited: 'Đã mời',
    received: 'Đã thu nhận',
    sent_on: 'Đã truyền',
    approved: 'Đã duyệt',
  },
}

/** Other heads of our fields, folded: those of our own exports, and those of tables that offices keep. */
const layoutSynonyms: Partial<Record<ExchangedTable, Record<string, readonly string[]>>> = {
  indicator_figures: {
    locality: ['xa phuong', 'xa phuong thi tran', 'ten dia ban', 'ten xa', 'huyen', 'don vi hanh chinh'],
    locality_code: ['ma xa', 'ma don vi hanh chinh'],
  },
  outreach: {
    unit: ['don vi thuc hien', 'co quan'],
    day: ['ngay to chuc', 'ngay thuc hien', 'thoi gian'],
    channel: ['hinh thuc tuyen truyen'],
    locality: ['xa phuong', 'xa', 'xa phuong thi tran'],
    locality_code: ['ma xa'],
    place: ['dia diem phuong tien', 'noi to chuc', 'dia diem to chuc'],
    people: ['so nguoi tham du', 'so luot nguoi', 'luot nguoi', 'so nguoi tiep can'],
  },
  collection_days: {
    point: ['diem', 'ten diem'],
    invited: ['duoc moi', 'so duoc moi', 'moi'],
    received: ['thu nhan', 'so thu nhan'],
    sent_on: ['chuyen di', 'truyen'],
    approved: ['duoc duyet', 'duyet'],
  },
}
