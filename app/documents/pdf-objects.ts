/** Reads the objects of a PDF strictly: what two readers could take in two ways is refused, never guessed. */

/** One value of a PDF file. `start` and `end` are places in the file; a string's `bytes` are decoded, as latin1. */
export type PdfValue =
  | { kind: 'null' }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'number'; value: number }
  | { kind: 'name'; value: string }
  | { kind: 'string'; bytes: string; isHex: boolean; start: number; end: number }
  | { kind: 'array'; items: PdfValue[] }
  | PdfDict
  | PdfRef
  | PdfStream

export type PdfDict = { kind: 'dict'; entries: ReadonlyMap<string, PdfValue> }
export type PdfRef = { kind: 'ref'; number: number }
export type PdfStream = { kind: 'stream'; dict: PdfDict; start: number; end: number }

/** One body of a PDF with its cross-reference table: the file as first written, or one update appended to it. */
export type PdfSection = {
  start: number
  /** after the end-of-file mark and its line end */
  end: number
  objects: ReadonlyMap<number, PdfValue>
  trailer: PdfDict
  tableAt: number
  /** where the file says that the table is: there, or in the white space before it */
  saidAt: number
}

/** What a strict reader does not take. */
export class PdfProblem extends Error {}

const MAX_DEPTH = 24
/** Objects of one file; a signed file of sixty signers has some thousand. */
const MAX_OBJECTS = 20_000
/** Values of one file, those within others among them. */
const MAX_VALUES = 80_000

const WHITE = new Set([0, 9, 10, 12, 13, 32])
const DELIMITERS = new Set([...'()<>[]{}/%'].map(letter => letter.charCodeAt(0)))
const isRegular = (byte: number | undefined) => byte !== undefined && !WHITE.has(byte) && !DELIMITERS.has(byte)

/** Words that a repairing reader looks for; no comment may hold them. */
const STRUCTURE_WORDS = /obj|xref|trailer|stream|EOF|%PDF/i

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '(': '(', ')': ')', '\\': '\\' }

class Reader {
  readonly #bytes: Buffer
  at: number
  #values = 0

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes
    this.at = at
  }

  refuse(words: string): never {
    throw new PdfProblem(`${words} at ${this.at}`)
  }

  peek(word: string): boolean {
    return this.#bytes.subarray(this.at, this.at + word.length).equals(Buffer.from(word, 'latin1'))
  }

  /** Takes a word that ends where it is written to end. */
  word(word: string): void {
    if (!this.peek(word)) this.refuse(`no ${word}`)
    this.at += word.length
    if (isRegular(this.#bytes[this.at])) this.refuse(`more than ${word}`)
  }

  white(): void {
    while (WHITE.has(this.#bytes[this.at] ?? -1)) this.at++
  }

  /** True where there is white space alone between two places; it is short where a tool counted wrong. */
  isBlank(from: number, to: number): boolean {
    return to - from <= 2 && this.#bytes.subarray(from, to).every(byte => WHITE.has(byte))
  }

  /** Passes white space and comments between objects; a comment of one line says nothing of structure. */
  between(): void {
    for (;;) {
      this.white()
      if (this.#bytes[this.at] !== 0x25 || this.peek('%%EOF')) return
      let end = this.at
      while (end < this.#bytes.length && this.#bytes[end] !== 10 && this.#bytes[end] !== 13) end++
      const comment = this.#bytes.toString('latin1', this.at, end)
      if (comment.length > 200 || STRUCTURE_WORDS.test(comment)) this.refuse('a comment')
      this.at = end
    }
  }

  /** Takes one line end, if one is there. */
  lineEnd(): boolean {
    const [first, second] = [this.#bytes[this.at], this.#bytes[this.at + 1]]
    if (first === 13 && second === 10) this.at += 2
    else if (first === 10 || first === 13) this.at++
    else return false
    return true
  }

  regular(): string {
    const start = this.at
    while (isRegular(this.#bytes[this.at])) this.at++
    return this.#bytes.toString('latin1', start, this.at)
  }

  integer(): number {
    const text = this.regular()
    if (!/^\d{1,10}$/.test(text)) this.refuse('no whole number')
    return Number(text)
  }

  value(depth = 0): PdfValue {
    if (depth > MAX_DEPTH || ++this.#values > MAX_VALUES) this.refuse('too much')
    this.white()
    const byte = this.#bytes[this.at]
    if (byte === undefined) this.refuse('the end')
    const letter = String.fromCharCode(byte)
    if (letter === '/') return this.#name()
    if (letter === '(') return this.#literal()
    if (letter === '[') return this.#array(depth)
    if (letter === '<') return this.peek('<<') ? this.#dict(depth) : this.#hex()
    const text = this.regular()
    if (text === 'true' || text === 'false') return { kind: 'boolean', value: text === 'true' }
    if (text === 'null') return { kind: 'null' }
    if (!/^[+-]?(\d{1,15}\.?\d{0,15}|\.\d{1,15})$/.test(text)) this.refuse('an unknown word')
    return this.#reference(text) ?? { kind: 'number', value: Number(text) }
  }

  /** The reference that begins with this number; undefined and nothing taken where it is a number alone. */
  #reference(text: string): PdfRef | undefined {
    if (!/^\d{1,10}$/.test(text)) return undefined
    const rest = /^[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+R/.exec(this.#bytes.toString('latin1', this.at, this.at + 24))
    if (!rest || isRegular(this.#bytes[this.at + rest[0].length])) return undefined
    if (Number(rest[1]) !== 0) this.refuse('another generation')
    this.at += rest[0].length
    return { kind: 'ref', number: Number(text) }
  }

  #name(): PdfValue {
    this.at++
    const written = this.regular()
    if (/#(?![0-9a-fA-F]{2})|#00/.test(written)) this.refuse('a name')
    const value = written.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    return { kind: 'name', value }
  }

  #literal(): PdfValue {
    const start = this.at
    const parts: string[] = []
    let open = 0
    for (;;) {
      const byte = this.#bytes[this.at++]
      if (byte === undefined) this.refuse('an open string')
      const letter = String.fromCharCode(byte)
      if (letter === '\\') {
        parts.push(this.#escape())
        continue
      }
      if (letter === '(' && open++ === 0) continue
      if (letter === ')' && --open === 0) break
      parts.push(letter)
    }
    return { kind: 'string', bytes: parts.join(''), isHex: false, start, end: this.at }
  }

  #escape(): string {
    if (this.lineEnd()) return ''
    const octal = /^[0-7]{1,3}/.exec(this.#bytes.toString('latin1', this.at, this.at + 3))
    if (octal) {
      this.at += octal[0].length
      return String.fromCharCode(Number.parseInt(octal[0], 8) & 0xff)
    }
    const letter = String.fromCharCode(this.#bytes[this.at++] ?? 0)
    return ESCAPES[letter] ?? letter
  }

  #hex(): PdfValue {
    const start = this.at
    const close = this.#bytes.indexOf('>', start)
    if (close < 0) this.refuse('an open string')
    const digits = this.#bytes.toString('latin1', start + 1, close).replace(/[\0\t\n\f\r ]/g, '')
    if (!/^[0-9a-fA-F]*$/.test(digits)) this.refuse('a string')
    this.at = close + 1
    const even = digits.length % 2 === 0 ? digits : `${digits}0`
    return { kind: 'string', bytes: Buffer.from(even, 'hex').toString('latin1'), isHex: true, start, end: this.at }
  }

  #array(depth: number): PdfValue {
    this.at++
    const items: PdfValue[] = []
    for (this.white(); !this.peek(']'); this.white()) items.push(this.value(depth + 1))
    this.at++
    return { kind: 'array', items }
  }

  #dict(depth: number): PdfDict {
    this.at += 2
    const entries = new Map<string, PdfValue>()
    for (this.white(); !this.peek('>>'); this.white()) {
      const key = this.value(depth + 1)
      if (key.kind !== 'name' || entries.has(key.value)) this.refuse('a key')
      entries.set(key.value, this.value(depth + 1))
    }
    this.at += 2
    return { kind: 'dict', entries }
  }

  /** One object with its number; a stream has its length written beside it. */
  object(): { number: number; value: PdfValue } {
    const number = this.integer()
    this.white()
    if (this.integer() !== 0) this.refuse('another generation')
    this.white()
    this.word('obj')
    const read = this.value()
    this.white()
    const value = read.kind === 'dict' && this.peek('stream') ? this.#stream(read) : read
    this.white()
    this.word('endobj')
    return { number, value }
  }

  #stream(dict: PdfDict): PdfStream {
    this.at += 'stream'.length
    if (this.#bytes[this.at] === 13 && this.#bytes[this.at + 1] !== 10) this.refuse('a stream')
    if (!this.lineEnd()) this.refuse('a stream')
    const length = dict.entries.get('Length')
    if (length?.kind !== 'number' || !Number.isInteger(length.value) || length.value < 0) this.refuse('a length')
    const start = this.at
    this.at += length.value
    const end = this.at
    this.lineEnd()
    this.word('endstream')
    return { kind: 'stream', dict, start, end }
  }

  /** The entries of a table: number → place; null: free, as the first entry is. */
  table(): Map<number, number | null> {
    this.word('xref')
    const places = new Map<number, number | null>()
    for (this.white(); !this.peek('trailer'); this.white()) {
      const first = this.integer()
      this.white()
      const count = this.integer()
      if (count > MAX_OBJECTS) this.refuse('a table')
      while (this.peek(' ')) this.at++
      if (!this.lineEnd()) this.refuse('a table')
      for (let n = first; n < first + count; n++) {
        if (places.has(n)) this.refuse('an entry')
        places.set(n, this.#entry(n))
      }
    }
    return places
  }

  #entry(number: number): number | null {
    const entry = /^(\d{10}) (\d{5}) ([nf])(?: \n| \r|\r\n)$/.exec(
      this.#bytes.toString('latin1', this.at, this.at + 20),
    )
    if (!entry) this.refuse('an entry')
    const isFree = entry[3] === 'f'
    if (isFree ? number !== 0 : Number(entry[2]) !== 0) this.refuse('an entry')
    this.at += 20
    return isFree ? null : Number(entry[1])
  }
}

/**
 * Reads the sections of a whole PDF file, in their order: every byte belongs to a header, an object, a table, a trailer
 * or the white space between them, and each table names exactly the objects written before it.
 * Throws `PdfProblem` for any other file: streams of objects, encryption and tables that are streams among them.
 */
export function readSections(file: Uint8Array): PdfSection[] {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const header = /^%PDF-1\.[3-7]\r?\n(?:%[\x80-\xff]{1,16}\r?\n)?/.exec(bytes.toString('latin1', 0, 64))
  if (!header) throw new PdfProblem('no header')
  const reader = new Reader(bytes, header[0].length)
  const sections: PdfSection[] = []
  let known = 0
  for (reader.between(); reader.at < bytes.length; reader.between()) {
    const section = readSection(reader, sections.at(-1))
    sections.push(section)
    known += section.objects.size
    if (known > MAX_OBJECTS) reader.refuse('too many objects')
  }
  if (sections.length === 0) reader.refuse('no table')
  return sections
}

function readSection(reader: Reader, before: PdfSection | undefined): PdfSection {
  const start = before?.end ?? 0
  const { objects, tableAt } = readObjects(reader)
  reader.word('trailer')
  const trailer = reader.value()
  if (trailer.kind !== 'dict') reader.refuse('no trailer')
  const back = trailer.entries.get('Prev')
  const isBack = back?.kind === 'number' && [before?.tableAt, before?.saidAt].includes(back.value)
  if (before === undefined ? back !== undefined : !isBack) reader.refuse('the table before')
  reader.between()
  reader.word('startxref')
  reader.white()
  const saidAt = reader.integer()
  if (saidAt > tableAt || !reader.isBlank(saidAt, tableAt)) reader.refuse('where the table is')
  reader.between()
  reader.word('%%EOF')
  reader.lineEnd()
  return { start, end: reader.at, objects, trailer, tableAt, saidAt }
}

/** Reads the objects of one section and the table after them, which names exactly these, each where it is. */
function readObjects(reader: Reader): { objects: Map<number, PdfValue>; tableAt: number } {
  const objects = new Map<number, PdfValue>()
  const places = new Map<number, number>()
  for (reader.between(); !reader.peek('xref'); reader.between()) {
    const at = reader.at
    const { number, value } = reader.object()
    if (objects.has(number) || number === 0) reader.refuse('an object twice')
    objects.set(number, value)
    places.set(number, at)
    if (objects.size > MAX_OBJECTS) reader.refuse('too many objects')
  }
  const tableAt = reader.at
  const table = reader.table()
  for (const [number, place] of table)
    if (place !== null && places.get(number) !== place) reader.refuse(`a place of ${number}`)
  for (const number of places.keys()) if (!table.has(number)) reader.refuse(`no place of ${number}`)
  return { objects, tableAt }
}

/** Writes a value in one form, so that two are the same exactly where they mean the same; places do not count. */
export function canonical(value: PdfValue | undefined): string {
  switch (value?.kind) {
    case undefined:
    case 'null':
      return 'null'
    case 'boolean':
    case 'number':
      return `${value.value}`
    case 'name':
      return `/${JSON.stringify(value.value)}`
    case 'string':
      return JSON.stringify(value.bytes)
    case 'ref':
      return `${value.number} R`
    case 'array':
      return `[${value.items.map(canonical).join(' ')}]`
    case 'dict':
      return `<<${[...value.entries]
        .filter(([, entry]) => entry.kind !== 'null')
        .map(([key, entry]) => `${JSON.stringify(key)} ${canonical(entry)}`)
        .toSorted()
        .join(' ')}>>`
    case 'stream':
      return `stream ${value.start}-${value.end} ${canonical(value.dict)}`
  }
}
