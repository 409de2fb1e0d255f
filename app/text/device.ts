const ZALO = /Zalo (android|iOS)\//i

/** Says on which kind of phone a page was opened in the browser inside Zalo; null: elsewhere. */
export function zaloPhone(userAgent: string): 'android' | 'ios' | null {
  const system = ZALO.exec(userAgent)?.[1]?.toLowerCase()
  return system === undefined ? null : system === 'ios' ? 'ios' : 'android'
}

/** The address that opens `url` in Chrome instead: Android's intent, or the scheme that Chrome has on an iPhone. */
export function chromeAddress(url: string, phone: 'android' | 'ios'): string {
  const { protocol, host, pathname, search } = new URL(url)
  const scheme = protocol.slice(0, -1)
  return phone === 'android'
    ? `intent://${host}${pathname}${search}#Intent;scheme=${scheme};package=com.android.chrome;end`
    : `googlechrome${scheme === 'https' ? 's' : ''}://${host}${pathname}${search}`
}

const BROWSERS: readonly [RegExp, string][] = [
  [/Zalo/, 'Zalo'],
  [/Edg\w*\//, 'Edge'],
  [/coc_coc/i, 'Cốc Cốc'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
]
const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone|iPad/, 'iPhone, iPad'],
  [/Android/, 'điện thoại Android'],
  [/Windows/, 'máy tính Windows'],
  [/Macintosh/, 'máy tính Mac'],
  [/Linux/, 'máy tính Linux'],
]

/** Browser and device by the User-Agent header, as their owner would call them: `Chrome, máy tính Windows`. */
export function describeDevice(userAgent: string): string {
  const nameIn = (names: readonly [RegExp, string][]) => names.find(([pattern]) => pattern.test(userAgent))?.[1]
  return [nameIn(BROWSERS) ?? 'Trình duyệt khác', nameIn(SYSTEMS)].filter(Boolean).join(', ')
}
