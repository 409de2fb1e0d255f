import { Link } from '@remix-run/react'
import { Button } from './button.tsx'

/** The figures of a day as a file, in our own layout or in that of another system. */
export function FigureExport({
  action,
  day,
  layouts,
}: {
  action: string
  day: string
  layouts: readonly { id: number; name: string }[]
}) {
  return (
    <form method="get" action={action} className="filter-bar">
      <input type="hidden" name="ngay" value={day} />
      <div className="field">
        <label htmlFor="mau">Mẫu bảng</label>
        <select id="mau" name="mau" className="control">
          <option value="">Mẫu của phần mềm này</option>
          {layouts.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div className="actions">
        <Button type="submit" variant="quiet" name="kieu" value="xlsx">
          Xuất Excel
        </Button>
        <Button type="submit" variant="quiet" name="kieu" value="csv">
          Xuất CSV
        </Button>
        <Link to="/mau-bang">Các mẫu bảng</Link>
      </div>
    </form>
  )
}
