/** One value of DER: its tag, where its content lies, and where it begins and ends with its head. */
type DerValue = { tag: number; start: number; from: number; to: number }

/** Reads the value that begins at `at` within `end`; throws where it does not fit. Lengths as DER writes them. */
export function derAt(bytes: Buffer, at: number, end: number): DerValue {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined || at + 2 > end || (tag & 0x1f) === 0x1f) throw new Error('no value')
  const size = first < 0x80 ? 0 : first & 0x7f
  if (size > 4 || first === 0x80 || at + 2 + size > end) throw new Error('a length')
  const length = size === 0 ? first : bytes.readUIntBE(at + 2, size)
  const from = at + 2 + size
  if (from + length > end) throw new Error('longer than what holds it')
  return { tag, start: at, from, to: from + length }
}

/** The values in a value, one after the other. */
export function* derIn(bytes: Buffer, { from, to }: Pick<DerValue, 'from' | 'to'>): Generator<DerValue> {
  for (let at = from; at < to; ) {
    const value = derAt(bytes, at, to)
    yield value
    at = value.to
  }
}

export const DER = { integer: 0x02, bits: 0x03, sequence: 0x30, utcTime: 0x17, time: 0x18 } as const

/** A moment (ms) as certificates and lists write it: UTC, to the second; throws for any other writing. */
export function derTime(bytes: Buffer, { tag, from, to }: DerValue): number {
  const text = bytes.toString('latin1', from, to)
  const found = (tag === DER.utcTime ? /^(\d\d)(\d{10})Z$/ : /^(\d{4})(\d{10})Z$/).exec(text)
  if (!found || (tag !== DER.utcTime && tag !== DER.time)) throw new Error('a time')
  const [, year = '', rest = ''] = found
  const whole = tag === DER.utcTime ? `${Number(year) < 50 ? '20' : '19'}${year}` : year
  const [month, day, hour, minute, second] = (rest.match(/../g) ?? []) as [string, string, string, string, string]
  const at = Date.parse(`${whole}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (Number.isNaN(at)) throw new Error('a time')
  return at
}
