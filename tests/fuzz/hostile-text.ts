import fc from 'fast-check'

/** Part of every hostile text, so that a log that repeats what was sent shows it. */
export const CANARY = 'zq9canary'

const BITS = [
  '',
  ' ',
  '\0',
  '\r\n',
  '\t',
  '\u2028',
  '\uD800',
  '\uDC00x',
  '\uFEFF',
  '\u202E',
  '\u00A0',
  'e\u0301\u0323',
  "'",
  '"',
  '`',
  '\\',
  '%',
  '%00',
  '${7*7}',
  "' OR 1=1 --",
  '"; drop table official; --',
  'a* OR "b" NEAR(c)',
  '<script>alert(1)</script>',
  '<!--',
  ']]>',
  '../../etc/passwd',
  '=HYPERLINK("http://a","b")',
  '__proto__',
  'constructor',
  'toString',
  '[object Object]',
  '{"a":1}',
  'NaN',
  'null',
  'undefined',
  'true',
]
const NUMBERS = [
  '0',
  '-0',
  '-1',
  '1e3',
  '1e400',
  '0x10',
  '007',
  '1.5',
  '1,5',
  '2147483648',
  '9007199254740993',
  '99999999999999999999999999',
  '１２',
  '070090000001',
  '0912345678',
  '+84912345678',
]
const DAYS = [
  '0000-00-00',
  '2024-02-30',
  '2024-06-12',
  '9999-12-31',
  '10000-01-01',
  '-271821-04-20',
  '2024-6-1',
  '12/06/2024',
  '2024-06-12T09:00',
  '31/02/2024',
  '1899-12-31',
]

/** Text that forms, tables and addresses do not expect; sometimes very long. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...BITS) },
  { weight: 2, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 2, arbitrary: fc.constantFrom(...DAYS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }).map(text => `${CANARY}${text}`) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom(...BITS), fc.constantFrom(...BITS)).map(([a, b]) => `${a}${CANARY} ${b}`),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('a', 'Ễ', '\u0301', '0', ' ', '<', '(', '"', '\n'), fc.constantFrom(201, 5000, 70_000))
      .map(([sign, length]) => sign.repeat(length)),
  },
)
