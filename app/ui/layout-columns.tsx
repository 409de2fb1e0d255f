import type { LayoutColumn } from '#app/domain/table-layout.ts'
import { columnFields, MOST_COLUMNS } from '#app/domain/table-layout-input.ts'
import type { Option } from './field.tsx'

/** Lines left empty, for columns that are to be added. */
const SPARE = 3

/**
 * Shows the columns of another system's table, one a line: place, heading, and our field or a fixed text for every row.
 */
export function ColumnRows({ columns, options }: { columns: readonly LayoutColumn[]; options: readonly Option[] }) {
  const spare = Array.from({ length: Math.max(0, Math.min(SPARE, MOST_COLUMNS - columns.length)) }, () => NONE)
  return (
    <section className="frame" aria-label="Các cột của mẫu" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Thứ tự</th>
            <th scope="col">Tiêu đề ở hệ thống kia</th>
            <th scope="col">Nội dung</th>
            <th scope="col">Hoặc ghi cố định khi xuất</th>
          </tr>
        </thead>
        <tbody>
          {[...columns, ...spare].map((column, n) => {
            const names = columnFields(n)
            const label = column.header === '' ? `Cột ${n + 1}` : column.header
            return (
              <tr key={names.header}>
                <td>
                  <input
                    name={names.place}
                    defaultValue={n + 1}
                    inputMode="numeric"
                    aria-label={`${label}: thứ tự`}
                    className="control column-place"
                  />
                </td>
                <td>
                  <input
                    name={names.header}
                    defaultValue={column.header}
                    maxLength={200}
                    aria-label={`${label}: tiêu đề`}
                    className="control column-text"
                  />
                </td>
                <td>
                  <select
                    name={names.field}
                    defaultValue={column.field ?? ''}
                    aria-label={`${label}: nội dung`}
                    className="control column-text"
                  >
                    <option value="">Không có ở đây</option>
                    {options.map(option => (
                      <option key={option.value} value={option.value}>
                        {option.label}
                      </option>
                    ))}
                  </select>
                </td>
                <td>
                  <input
                    name={names.fixed}
                    defaultValue={column.fixed}
                    maxLength={200}
                    aria-label={`${label}: ghi cố định`}
                    className="control column-text"
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

const NONE: LayoutColumn = { header: '', field: null, fixed: '' }
