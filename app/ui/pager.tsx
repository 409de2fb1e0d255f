import { ButtonLink } from './button.tsx'

/**
 * Keyset paging: the URLs of the first page, the page before and the page after, where there are any; `label` says what
 * is shown.
 */
export function Pager({
  label,
  firstTo,
  previousTo,
  nextTo,
}: {
  label: string
  firstTo?: string
  previousTo?: string
  nextTo?: string
}) {
  return (
    <nav className="pager" aria-label="Chuyển trang">
      <p className="pager-label small">{label}</p>
      {firstTo === undefined ? null : (
        <ButtonLink variant="quiet" to={firstTo}>
          Trang đầu
        </ButtonLink>
      )}
      {previousTo === undefined ? null : (
        <ButtonLink variant="quiet" to={previousTo} rel="prev">
          Trang trước
        </ButtonLink>
      )}
      {nextTo === undefined ? null : (
        <ButtonLink variant="quiet" to={nextTo} rel="next">
          Trang sau
        </ButtonLink>
      )}
    </nav>
  )
}
