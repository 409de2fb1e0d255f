import { Status } from './status.tsx'

/** Shows how far a round has come, in one chip. */
export function RoundStatus({ isFrozen, isDecided }: { isFrozen: boolean; isDecided: boolean }) {
  if (isDecided) return <Status tone="done">Đã có quyết định</Status>
  return isFrozen ? <Status tone="doing">Đã chốt danh sách</Status> : <Status tone="doing">Đang nhận đề nghị</Status>
}
