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
