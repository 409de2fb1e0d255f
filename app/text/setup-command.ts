import type { PlannedRow, SetupList, SetupProblem } from '#app/domain/setup/listed.ts'
import { formatNumber } from './format.ts'
import { explainSetupProblem, localityHeaders, setupTitles, unitHeaders } from './setup.ts'

/** What the operator's command prints: a list as a whole, each row that has to be mended, and what comes next. */

const HEADERS: Record<SetupList, Record<string, { header: string }>> = {
  units: unitHeaders,
  localities: localityHeaders,
}

/** How many rows a list adds, changes and leaves, then each problem with its row. */
export function setupLines(
  list: SetupList,
  entries: readonly PlannedRow[],
  problems: readonly SetupProblem[],
): string[] {
  const of = (fate: PlannedRow['fate']) => formatNumber(entries.filter(entry => entry.fate === fate).length)
  const { title, rows } = setupTitles[list]
  return [
    `${title}: ${of('add')} ${rows} thêm mới, ${of('edit')} thay đổi, ${of('same')} giữ nguyên.`,
    ...problems.map(
      problem =>
        `  Dòng ${problem.row}, cột ${HEADERS[list][problem.column]?.header ?? problem.column}: ${explainSetupProblem(problem)}`,
    ),
  ]
}

export const setupTexts = {
  usage: 'Cách dùng: npm run setup -- TỆP.xlsx [--apply]. Không có --apply thì chỉ xem trước.',
  unreadable: (file: string) => `Không mở được tệp ${file}.`,
  applied: 'Đã ghi. Các bước tiếp theo ở trang Quản trị, Thiết lập ban đầu.',
  notApplied: 'Chưa ghi gì. Chạy lại với --apply để ghi.',
  toMend: 'Chưa ghi gì: tệp còn dòng cần sửa, hoặc còn bước phải làm trước.',
  noCoordinator:
    'Danh sách người: chưa có đầu mối cấp tỉnh đã đăng nhập. Quản trị mở một tài khoản và cấp vai trò đầu mối tại tỉnh, rồi chạy lại.',
  people: (
    counts: Record<'create' | 'update' | 'unchanged' | 'problem' | 'proposal', number>,
    by: string,
  ): string[] => [
    `Danh sách người, nhập thay ${by}: ${formatNumber(counts.create)} người thêm mới, ${formatNumber(counts.update)} cập nhật, ${formatNumber(counts.unchanged)} giữ nguyên, ${formatNumber(counts.problem + counts.proposal)} cần sửa.`,
  ],
  roles: (waiting: number) =>
    `${formatNumber(waiting)} vai trò chờ một quản trị độc lập đồng ý ở trang Vai trò chờ đồng ý.`,
} as const
