import { type AnyColumn, and, or, type SQL, sql } from 'drizzle-orm'
import { type Action, type Actor, pathsAbove, scopeOf } from './policy.ts'

/**
 * The end of the range of paths from `path` to the last below it, so that the index on path serves:
 * '/1/12/' ≤ path < '/1/120', because '0' follows '/'.
 */
export const subtreeEnd = (path: string) => `${path.slice(0, -1)}0`

/** Columns of a list that contain each row's owner and unit. */
type ScopeColumns = { unitPath: AnyColumn; guardPath?: AnyColumn; officialId?: AnyColumn; accountId?: AnyColumn }

/** The matrix as a SQL condition for lists: true for exactly the rows for which `can` would be. */
export function within(actor: Actor, action: Action, columns: ScopeColumns): SQL {
  const scope = scopeOf(actor, action)
  if (scope.everywhere) return sql`1`
  const paths = scope.paths.map(path => {
    const conditions = [inSubtree(columns.unitPath, path)]
    if (scope.isGuarded && columns.guardPath)
      conditions.push(
        sql`(${columns.guardPath} is null or substr(${path}, 1, length(${columns.guardPath})) = ${columns.guardPath})`,
      )
    if (scope.isAboveHead && columns.officialId && path.split('/').length > 3) {
      const isTop = scope.isGuarded && columns.guardPath ? sql`${columns.guardPath} is ${path} or` : sql``
      // the few heads at and above the grant, read once for a statement
      conditions.push(sql`(${isTop} ${columns.officialId} is null or ${columns.officialId} not in (
        select a.official_id from unit h join role_grant g on g.unit_id = h.id join account a on a.id = g.account_id
        where h.path in (select value from json_each(${JSON.stringify(pathsAbove(path))})) and g.role = 'head'
          and g.from_on <= ${scope.on} and (g.to_on is null or g.to_on >= ${scope.on}) and a.official_id is not null))`)
    }
    return sql`(${and(...conditions)})`
  })
  const limits = [sql`(${or(...paths) ?? sql`0`})`]
  if (scope.exceptOfficialId !== null && columns.officialId)
    limits.push(sql`${columns.officialId} is not ${scope.exceptOfficialId}`)
  if (scope.exceptAccountId !== null && columns.accountId)
    limits.push(sql`${columns.accountId} is not ${scope.exceptAccountId}`)
  const granted = sql`(${and(...limits)})`
  if (scope.ownOfficialId === null || !columns.officialId) return granted
  return sql`(${columns.officialId} = ${scope.ownOfficialId} or ${granted})`
}

/** The subtree below and including `path` as a SQL condition. */
export function inSubtree(column: AnyColumn, path: string): SQL {
  return sql`(${column} >= ${path} and ${column} < ${subtreeEnd(path)})`
}
