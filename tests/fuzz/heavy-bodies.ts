import type { Control } from './requests.ts'

/** A body by what is heavy about it. `text` makes what is sent, in UTF-8: some are 60 MB. */
export type Shaped = { name: string; type: string; text: () => string }

const KB = 1024
const FORM = 'application/x-www-form-urlencoded'
const MULTIPART = 'multipart/form-data; boundary=grenze'
/** Just below what a form of text may weigh, and what the routes of files take. */
const FORM_BYTES = 250 * KB
const UPLOADS: readonly [RegExp, number][] = [
  [/^\/don-vi\/\d+\/(?:nguoi-thuc-hien|truong-hop|phan-cong)\/nhap/, 11.5 * KB * KB],
  [/^\/doi-chieu\/moi/, 60 * KB * KB],
  [/^\/dia-ban\/\d+\/so-lieu\/nhap|^\/don-vi\/\d+\/(?:tuyen-truyen|diem-thu-nhan)\/nhap/, 4.5 * KB * KB],
  [
    /^\/nghia-vu\/|^\/don-vi\/\d+\/(?:cam-ket|bao-cao\/[\w-]+\/ban-ky)|^\/xem-xet\/\d+\/|^\/van-ban\/\d+(?:\.data)?$/,
    5.5 * KB * KB,
  ],
  [/^\/quan-tri\/chung-thu-goc/, 5.5 * KB * KB],
  [/^\/cam-ket\/ky-so/, 0.9 * KB * KB],
]
const bytesOf = (path: string) => UPLOADS.find(([pattern]) => pattern.test(path))?.[1] ?? FORM_BYTES

const form = (name: string, text: () => string): Shaped => ({ name, type: FORM, text })
const many = (bytes: number, piece: string) => piece.repeat(Math.floor(bytes / piece.length))
/** Makes as many fields as fit, each with a name of its own. */
const named = (bytes: number) =>
  Array.from({ length: Math.floor(bytes / 9) }, (_, n) => `f${n}=1`)
    .join('&')
    .slice(0, bytes)

/**
 * Makes bodies that slow a parser down: paths in names, repetition, many fields, depth, and names reserved by conform.
 */
export function shapesOf(name: string, bytes = FORM_BYTES): Shaped[] {
  const intent = (text: string) => `__intent__=${encodeURIComponent(text)}`
  const part = (of: string) => `--grenze\r\nContent-Disposition: form-data; name="${of}"\r\n\r\n`
  const parts = (what: string, text: () => string): Shaped => ({ name: what, type: MULTIPART, text })
  return [
    form('index', () => `${name}[100000000]=1`),
    form('index 5,000,000', () => `${name}[5000000]=1`),
    form('many indices', () => many(FORM_BYTES / 10, `${name}[9999]=&`)),
    form('depth', () => `${name}${'.a'.repeat(3_000)}=1`),
    form('depth in brackets', () => `${name}${'[0]'.repeat(3_000)}=1`),
    form('repetition', () => many(bytes, 'a=&')),
    form('repetition of its own', () => many(bytes, `${name}=&`)),
    form('many names', () => named(bytes)),
    form('a long name', () => `${'a'.repeat(FORM_BYTES)}=1`),
    form('ampersands', () => '&'.repeat(bytes)),
    form('percents', () => `${name}=${'%'.repeat(FORM_BYTES)}`),
    form('state', () => `__state__=x&${name}=1`),
    form('deep state', () => `__state__=${'['.repeat(20_000)}&${name}=1`),
    form('intent', () => intent('{"type":"reorder","payload":{"name":"a","from":0,"to":99999999}}')),
    form('intent on an index', () => intent('{"type":"update","payload":{"name":"a","index":100000000,"value":1}}')),
    parts('many parts', () => many(bytes, `${part(name)}\r\n`)),
    parts('a part without contents', () => `--grenze\r\n${'a'.repeat(bytes - 100)}`),
    parts('a part of many heads', () => `--grenze\r\n${many(bytes - 100, 'a: b\r\n')}\r\n\r\n--grenze--`),
    parts('index in a part', () => `${part(`${name}[100000000]`)}1\r\n--grenze--\r\n`),
    { name: 'no form', type: 'application/json', text: () => '['.repeat(FORM_BYTES) },
  ]
}

/** Fields of one form that are tried with them. */
const MOST_TEXTS = 8

/** Texts that patterns and normal forms take long over. */
const TEXTS: readonly (readonly [string, string])[] = [
  ['letters', 'a'],
  ['spaces', ' '],
  ['digits', '0'],
  ['marks', 'e\u0302\u0301'],
  ['names', 'Nguyễn '],
  ['lines', 'a\tb\n'],
  ['days', '1/1/'],
  ['addresses', 'a@a.'],
]

const textPart = (name: string, text: string) =>
  `--grenze\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`
const filePart = (name: string, text: string) =>
  `--grenze\r\nContent-Disposition: form-data; name="${name}"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n${text}\r\n`

/** Files that are long to look through: what they are, how they begin, what they repeat. */
const FILES: readonly (readonly [string, string, string])[] = [
  ['zeros', '', '\0'],
  ['an archive that is none', 'PK\u0003\u0004', 'PK\u0003\u0004'],
  ['cells', '', 'a;b;c;1;2;3\n'],
  ['one line', '', 'a;'],
  ['an open quotation', '"', 'a'],
  ['blank rows', '', '\n'],
  ['a paper', '%PDF-1.7\n', '1 0 obj <</Type/Catalog>> endobj\n'],
]

/** The heaviest bodies for one form, with the values of its page in the other fields. */
export function bodiesFor(path: string, controls: readonly Control[]): Shaped[] {
  const texts = controls.filter(({ isFile }) => !isFile)
  const bytes = bytesOf(path)
  const whole = (but: string, last: string) => {
    const others = texts.filter(({ name }) => name !== but).slice(0, 100)
    return `${others.map(({ name, values }) => textPart(name, values[0] ?? '')).join('')}${last}--grenze--\r\n`
  }
  const inTexts = texts.slice(0, MOST_TEXTS).flatMap(({ name }) =>
    TEXTS.map(([what, text]) => ({
      name: `${what} in ${name}`,
      type: MULTIPART,
      text: () => whole(name, textPart(name, many((Math.min(bytes, 4 * KB * KB) * 2) / 3, text))),
    })),
  )
  const asFiles = controls
    .filter(({ isFile }) => isFile)
    .flatMap(({ name }) =>
      FILES.map(([what, head, text]) => ({
        name: `${what} as ${name}`,
        type: MULTIPART,
        text: () => whole(name, filePart(name, head + many(bytes - 16 * KB, text))),
      })),
    )
  return [...shapesOf(texts.find(({ name }) => name !== '')?.name ?? 'a', bytes), ...inTexts, ...asFiles]
}

const entries = (pairs: string) =>
  `{"accountId":1,"campaignId":1,"entries":[${pairs}],"enteredAt":0,"sentAt":0,"contactAt":null,"isDayChosen":false,"consentVersion":"1","code":null}`

/** What scripts send: JSON that is deep, long, or names a path. */
export const JSON_BODIES: readonly Shaped[] = [
  ['deep', '['.repeat(FORM_BYTES)],
  ['deep and closed', `${'['.repeat(FORM_BYTES / 2)}${']'.repeat(FORM_BYTES / 2)}`],
  ['many entries', entries(many(FORM_BYTES - 500, '["a",""],').slice(0, -1))],
  ['many wrong entries', entries(many(FORM_BYTES - 500, '[1],').slice(0, -1))],
  ['an index', entries('["phone[100000000]","1"]')],
  ['depth', entries(`["${'a.'.repeat(29)}","1"]`)],
  ['many figures', `{"asOfOn":"2024-06-01","source":"a","figures":[${many(FORM_BYTES - 500, '{},').slice(0, -1)}]}`],
  ['many keys', `{${Array.from({ length: 20_000 }, (_, n) => `"k${n}":1`).join(',')}}`],
].map(([name = '', text = '']) => ({ name: `JSON, ${name}`, type: 'application/json', text: () => text }))

/** A file of the interface, sent without a token. */
export const tokenBodies = (): Shaped[] => [
  {
    name: 'a large file',
    type: MULTIPART,
    text: () => `${filePart('file', 'a;b\n'.repeat(5 * KB * KB))}--grenze--\r\n`,
  },
]
