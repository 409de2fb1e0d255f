import { grouped } from '#app/domain/grouping.ts'
import { unitTitle } from '#app/domain/unit-title.ts'
import { prepared } from '#db/client.server.ts'

/** SQL: ids of a unit and of those above it, from the path in a column. */
export const idsOfPath = (path: string) =>
  `select cast(value as integer) from json_each('[' || replace(trim(${path}, '/'), '/', ',') || ']')`

/** SQL: a JSON list of the names of the units above `u`, the highest first, without the root. */
export const NAMES_ABOVE = `(
  select json_group_array(a.name order by length(a.path)) from unit a
   where a.id <> u.id and a.parent_id is not null and a.id in (${idsOfPath('u.path')}))`

/**
 * Reads how units are called outside their own tree, for many at once (`unitTitle`); '' for an id that is no unit's. No
 * figure, so no permission is checked.
 */
export function unitTitles(unitIds: Iterable<number>): (unitId: number) => string {
  const ids = [...new Set(unitIds)]
  if (ids.length === 0) return () => ''
  const rows = prepared<{ id: number; name: string; aboveName: string | null }>(
    `select u.id, u.name, a.name as aboveName from unit u
       left join unit a on a.id <> u.id and a.parent_id is not null
        and a.id in (${idsOfPath('u.path')})
      where u.id in (select value from json_each(?)) order by u.id, length(a.path)`,
  ).all(JSON.stringify(ids))
  const titles = new Map(
    [...grouped(rows, ({ id }) => id)].map(([id, own]) => [
      id,
      unitTitle(
        own[0]?.name ?? '',
        own.flatMap(({ aboveName }) => aboveName ?? []),
      ),
    ]),
  )
  return unitId => titles.get(unitId) ?? ''
}

/** The title of one unit (`unitTitles`). */
export const titleOfUnit = (unitId: number): string => unitTitles([unitId])(unitId)

/** Gives each row the title of its unit (`unitTitles`) as `unitName`; '' where it has none. */
export function titled<Row extends { unitId: number | null }>(rows: readonly Row[]): (Row & { unitName: string })[] {
  const titleOf = unitTitles(rows.flatMap(({ unitId }) => unitId ?? []))
  return rows.map(row => ({ ...row, unitName: row.unitId === null ? '' : titleOf(row.unitId) }))
}

/** Units to choose from, each by its title. */
export function titledChoices(units: readonly { id: number }[]): { id: number; name: string }[] {
  const titleOf = unitTitles(units.map(({ id }) => id))
  return units.map(({ id }) => ({ id, name: titleOf(id) }))
}
