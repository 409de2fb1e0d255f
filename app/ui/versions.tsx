import { type NamedVersion, versionName } from '#app/text/closing.ts'
import { Views } from './views.tsx'

/** Shows which version of the assessments a list shows, and the others; nothing if only today's exists. */
export function Versions({
  versions,
  chosen,
  hash,
  addressOf,
}: {
  /** the frozen ones, newest first */
  versions: readonly NamedVersion[]
  /** null: the figures of today */
  chosen: number | null
  hash: string | null
  addressOf: (version: string) => string
}) {
  if (versions.length === 0) return null
  return (
    <>
      <Views
        label="Phiên bản kết quả"
        views={[
          ...versions.map(row => ({
            to: addressOf(String(row.version)),
            label: versionName(row),
            isCurrent: chosen === row.version,
          })),
          { to: addressOf('hien-tai'), label: 'Số liệu hiện tại', isCurrent: chosen === null },
        ]}
      />
      {hash === null ? null : (
        <p className="small">
          Mã kiểm chứng (SHA-256): <code className="hash">{hash}</code>
        </p>
      )}
    </>
  )
}
