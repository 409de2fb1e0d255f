import { Form, Link } from '@remix-run/react'
import { useId } from 'react'
import { Button } from './button.tsx'
import type { Option } from './field.tsx'

type Filter = { name: string; label: string; value: string | undefined; options: readonly Option[] }

/**
 * Search and filters of a list, kept in the URL: a GET form, so it works without JavaScript and can be shared.
 * `day` narrows to one calendar day. `kept` are parameters that stay (an order); `clearTo` is the URL without filters, shown while any is set.
 */
export function FilterBar({
  search,
  filters = [],
  day,
  kept = {},
  clearTo,
}: {
  search?: { name: string; label: string; value: string }
  filters?: readonly Filter[]
  day?: { name: string; label: string; value: string | undefined }
  kept?: Record<string, string>
  clearTo?: string
}) {
  const id = useId()
  return (
    <Form method="get" className="filter-bar">
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {search === undefined ? null : (
        <div className="field filter-search">
          <label htmlFor={`${id}-search`}>{search.label}</label>
          <input
            id={`${id}-search`}
            key={search.value}
            type="search"
            name={search.name}
            defaultValue={search.value}
            className="control"
          />
        </div>
      )}
      {filters.map(filter => (
        <div key={filter.name} className="field">
          <label htmlFor={`${id}-${filter.name}`}>{filter.label}</label>
          <select
            id={`${id}-${filter.name}`}
            key={filter.value}
            name={filter.name}
            defaultValue={filter.value ?? ''}
            className="control"
          >
            <option value="">Tất cả</option>
            {filter.options.map(option => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        </div>
      ))}
      {day === undefined ? null : (
        <div className="field">
          <label htmlFor={`${id}-day`}>{day.label}</label>
          <input
            id={`${id}-day`}
            key={day.value}
            type="date"
            name={day.name}
            defaultValue={day.value ?? ''}
            className="control"
          />
        </div>
      )}
      <div className="actions">
        <Button type="submit" variant="quiet">
          Lọc
        </Button>
        {clearTo === undefined ? null : <Link to={clearTo}>Bỏ lọc</Link>}
      </div>
    </Form>
  )
}
