import { formatInstant } from '#app/text/format.ts'

/** Shows the server's clock beside a field for time-based codes, so that people can see whose clock is off. */
export function ServerTime({ at }: { at: number }) {
  return <p className="small">Giờ máy chủ lúc mở trang: {formatInstant(at)}.</p>
}
