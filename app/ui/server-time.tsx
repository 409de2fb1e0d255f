import { formatInstant } from '#app/text/format.ts'

/** The server's clock beside a field for codes that go by the time: whoever compares sees whose clock is off. */
export function ServerTime({ at }: { at: number }) {
  return <p className="small">Giờ máy chủ lúc mở trang: {formatInstant(at)}.</p>
}
