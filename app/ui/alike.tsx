import { Link } from '@remix-run/react'
import { Notice } from './notice.tsx'
import { Status } from './status.tsx'

/** Another official who may be the same person; `isSeen`: their page is open, `isMixed`: a roster's row mixed both up. */
export type Alike = { officialId: number; name: string; unitName: string; isSeen: boolean; isMixed: boolean }

function Other({ officialId, name, unitName, isSeen }: Omit<Alike, 'isMixed'>) {
  return (
    <>
      {isSeen ? <Link to={`/can-bo/${officialId}`}>{name}</Link> : name}, {unitName}
    </>
  )
}

const Others = ({ alike }: { alike: readonly Alike[] }) =>
  alike.map((other, n) => (
    <span key={other.officialId}>
      {n > 0 ? '; ' : ''}
      <Other {...other} />
    </span>
  ))

/** In a list: that somebody may be entered twice, and who the other is. Shows nothing where nobody is alike. */
export function AlikeNote({ alike }: { alike: readonly Alike[] }) {
  if (alike.length === 0) return null
  return (
    <span className="small block">
      <Status tone="check">Có thể trùng người</Status> <Others alike={alike} />
    </span>
  )
}

/** On the person's own page: the same as a sentence that says what to do. */
export function AlikeNotice({ alike, mergeTo }: { alike: readonly Alike[]; mergeTo: string | null }) {
  if (alike.length === 0) return null
  const mixed = alike.filter(other => other.isMixed)
  const named = alike.filter(other => !other.isMixed)
  return (
    <Notice kind="warning" title="Có thể là hai hồ sơ của một người">
      {named.length > 0 && (
        <>
          Cùng họ tên và ngày sinh hoặc năm sinh với <Others alike={named} />.{' '}
        </>
      )}
      {mixed.length > 0 && (
        <>
          Một danh sách tải lên ghi số định danh của hồ sơ này với mã cán bộ của hồ sơ kia: <Others alike={mixed} />.{' '}
        </>
      )}
      Mỗi hồ sơ đang được tính riêng; anh/chị đối chiếu danh sách gốc.{' '}
      {mergeTo === null ? (
        'Nếu là một người, báo đơn vị quản lý.'
      ) : (
        <Link to={mergeTo}>Nếu là một người, đề nghị gộp</Link>
      )}
    </Notice>
  )
}
