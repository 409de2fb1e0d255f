import { inflateSync } from 'node:zlib'
import type { SignaturePlace, SignedFileFlaw } from '#app/domain/signed-paper.ts'
import {
  canonical,
  type PdfDict,
  PdfProblem,
  type PdfSection,
  type PdfStream,
  type PdfValue,
  readSections,
} from './pdf-objects.ts'

/** One signature of a file: its CMS, and the ranges of bytes that it speaks of, which leave out nothing but the CMS. */
export type FoundSignature = {
  field: string
  kind: 'person' | 'time_stamp'
  cms: Buffer
  covered: readonly [Buffer, Buffer]
}

/** What a signed file adds to the prepared one: signatures in their order, and certificates and lists that came along. */
export type SignedRevisions = { signatures: FoundSignature[]; certificates: Buffer[]; lists: Buffer[] }

type Reading = { ok: true; revisions: SignedRevisions } | { ok: false; flaw: SignedFileFlaw; detail: string }

/** Signatures that one file may have: those of a unit's list, and room for time stamps. */
const MAX_SIGNATURES = 60
/** Bytes of a signed file. */
const MAX_BYTES = 5 * 1024 * 1024
/** Updates of one file: of each signature one, and one of what proves it. */
const MAX_UPDATES = 2 * MAX_SIGNATURES + 2
/** Bytes of all certificates, and of all lists, that come along in the file, as they are unpacked. */
const MAX_PROOF_BYTES = 512 * 1024
const MAX_PROOFS = 400
/** Objects of which the marks of a file are made. */
const MAX_WALKED = 1500

class Refused extends Error {
  readonly flaw: SignedFileFlaw

  constructor(flaw: SignedFileFlaw, detail: string) {
    super(detail)
    this.flaw = flaw
  }
}

function changed(detail: string): never {
  throw new Refused('changed', detail)
}

/**
 * Reads what a signed file adds to the prepared one (plan IV.1). The prepared bytes are its unchanged beginning; each
 * update after them adds one signature with its widget in a place kept for it, its entry in the form and what proves it.
 * A last update may add proofs alone. Anything else is refused with the flaw of the file, and a detail in English.
 */
export function readRevisions(prepared: Uint8Array, file: Uint8Array, places: readonly SignaturePlace[]): Reading {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  if (bytes.length > MAX_BYTES) return { ok: false, flaw: 'too_large', detail: 'size' }
  if (bytes.length < prepared.length || !bytes.subarray(0, prepared.length).equals(prepared))
    return { ok: false, flaw: 'rewritten', detail: 'other bytes' }
  try {
    return { ok: true, revisions: readUpdates(bytes, prepared.length, places) }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, flaw: error.flaw, detail: error.message }
    if (error instanceof PdfProblem) return { ok: false, flaw: 'changed', detail: error.message }
    throw error
  }
}

function readUpdates(bytes: Buffer, preparedLength: number, places: readonly SignaturePlace[]): SignedRevisions {
  const [base, ...updates] = readSections(bytes)
  const rest = base ? bytes.subarray(base.end, preparedLength) : null
  if (!base || rest === null || !isBlank(rest) || base.end > preparedLength + 2) changed('the prepared file')
  if (updates.length === 0) throw new Refused('unsigned', 'no update')
  if (updates.length > MAX_UPDATES) throw new Refused('too_many', 'updates')
  const paper = new Paper(bytes, base, places)
  for (const update of updates) paper.add(update)
  const last = updates.at(-1) as PdfSection
  if (!isBlank(bytes.subarray(last.end))) changed('bytes after the end')
  if (paper.signatures.every(({ kind }) => kind !== 'person')) throw new Refused('unsigned', 'no signature')
  return { signatures: paper.signatures, ...paper.proofs() }
}

const isBlank = (bytes: Uint8Array) => bytes.every(byte => byte === 10 || byte === 13 || byte === 32)

const FIELD_KEYS = new Set('Type Subtype FT T TU Ff F V Rect P AP MK DA BS Border H Q M NM'.split(' '))
const SIGNATURE_KEYS = new Set(
  'Type Filter SubFilter Contents ByteRange M Name Reason Location ContactInfo Prop_Build R V'.split(' '),
)
const FORM_KEYS = new Set('Type Subtype FormType BBox Matrix Resources Group Length Filter DecodeParms Name'.split(' '))
const IMAGE_KEYS = new Set(
  (
    'Type Subtype Width Height ColorSpace BitsPerComponent Intent ImageMask Mask Decode Interpolate SMask Length Filter ' +
    'DecodeParms Name Matte'
  ).split(' '),
)
const TRAILER_KEYS = new Set('Size Root Info Prev ID'.split(' '))
const INFO_KEYS = new Set('Producer Creator ModDate CreationDate'.split(' '))
/** Entries that run something, reach outside the file, or show a thing at one time and not at another. */
const REFUSED_KEYS =
  'A AA JS OpenAction OC OCProperties Properties Ref OPI EF AF Alternates XFA Annots Kids Fields Metadata'.split(' ')
/** A stream with one of these has its content in another file. */
const OUTSIDE_KEYS = ['F', 'FFilter', 'FDecodeParms']
const PERSON_FORMATS = ['adbe.pkcs7.detached', 'ETSI.CAdES.detached']

const NOTHING: PdfDict = { kind: 'dict', entries: new Map() }

type Rect = { left: number; bottom: number; right: number; top: number }

/** The paper as its updates leave it; each is looked at against what was there before. */
class Paper {
  readonly signatures: FoundSignature[] = []
  readonly #bytes: Buffer
  readonly #places: readonly SignaturePlace[]
  readonly #marks: Rect[] = []
  readonly #fieldNames = new Set<string>()
  readonly #root: number
  readonly #pages: readonly number[]
  #objects: Map<number, PdfValue>
  #size: number
  #info: string
  /** objects of which marks are drawn: no update may write one of them again */
  readonly #drawn = new Set<number>()
  #dss: PdfDict | null = null

  constructor(bytes: Buffer, base: PdfSection, places: readonly SignaturePlace[]) {
    this.#bytes = bytes
    this.#places = places
    this.#objects = new Map(base.objects)
    const root = base.trailer.entries.get('Root')
    if (root?.kind !== 'ref') throw new Refused('changed', 'no root')
    this.#root = root.number
    this.#size = numberOf(base.trailer.entries.get('Size'))
    this.#info = canonical(base.trailer.entries.get('Info'))
    const tree = this.#dict(this.#catalog().entries.get('Pages'), 'pages')
    this.#pages = this.#list(tree.entries.get('Kids')).map(page =>
      page.kind === 'ref' ? page.number : changed('a page'),
    )
  }

  #resolve(value: PdfValue | undefined): PdfValue | undefined {
    if (value?.kind !== 'ref') return value
    const found = this.#objects.get(value.number)
    return found?.kind === 'ref' ? changed('a reference to a reference') : (found ?? changed('a reference to nothing'))
  }

  #dict(value: PdfValue | undefined, what: string): PdfDict {
    const found = this.#resolve(value)
    return found?.kind === 'dict' ? found : changed(what)
  }

  #list(value: PdfValue | undefined): readonly PdfValue[] {
    const found = this.#resolve(value)
    if (found === undefined || found.kind === 'null') return []
    return found.kind === 'array' ? found.items : changed('a list')
  }

  #catalog(): PdfDict {
    return this.#dict({ kind: 'ref', number: this.#root }, 'the catalog')
  }

  /** Takes one update, or refuses the file. */
  add(update: PdfSection): void {
    const before = this.#objects
    const sizeBefore = this.#size
    const catalogBefore = this.#catalog()
    const fieldsBefore = this.#fieldsOf(catalogBefore)
    const pagesBefore = this.#pages.map(number => this.#dict({ kind: 'ref', number }, 'a page'))
    const marksBefore = pagesBefore.map(page => this.#list(page.entries.get('Annots')))
    this.#checkTrailer(update)

    this.#objects = new Map([...before, ...update.objects])
    /** objects of the update whose place in the file is known and looked at */
    const known = new Set<number>()
    const know = (value: PdfValue | undefined): PdfValue | undefined => {
      if (value?.kind === 'ref') known.add(value.number)
      return this.#resolve(value)
    }

    know({ kind: 'ref', number: this.#root })
    const catalog = this.#catalog()
    this.#checkSame(catalogBefore, catalog, ['AcroForm', 'DSS', 'Extensions', 'Version'], 'the catalog')
    this.#checkPlain(catalog.entries.get('Extensions'), known)
    this.#checkPlain(catalog.entries.get('Version'), known)

    const fields = this.#checkForm(catalog, catalogBefore, known, know)
    const added = this.#added(fieldsBefore, fields, 'a field')
    if (added.length > 1) changed('more than one field')

    const addedMarks: { page: number; ref: PdfValue }[] = []
    this.#pages.forEach((number, page) => {
      const was = pagesBefore[page] as PdfDict
      const is = this.#dict(know({ kind: 'ref', number }), 'a page')
      this.#checkSame(was, is, ['Annots'], 'a page')
      const marks = this.#list(know(is.entries.get('Annots')))
      for (const ref of this.#added(marksBefore[page] ?? [], marks, 'a mark')) addedMarks.push({ page, ref })
    })
    for (const { ref } of addedMarks) if (!added.some(field => canonical(field) === canonical(ref))) changed('a mark')
    if (addedMarks.length > 1) changed('a mark twice')

    const [field] = added
    if (field !== undefined) this.#addSignature(field, addedMarks[0]?.page ?? null, update, known, know)
    this.#checkProofs(catalog, known, know)
    this.#checkInfo(update, before, known)

    for (const number of update.objects.keys()) {
      if (!known.has(number)) changed(`an object of no use: ${number}`)
      const isAgain = before.has(number)
      if (isAgain ? !this.#isRewritable(number, before, catalogBefore) || this.#drawn.has(number) : number < sizeBefore)
        changed(`an object written again: ${number}`)
      if (number >= this.#size) changed(`an object past the size: ${number}`)
    }
    if (
      field === undefined &&
      canonical(catalogBefore.entries.get('AcroForm')) !== canonical(catalog.entries.get('AcroForm'))
    )
      changed('the form without a signature')
  }

  #checkTrailer({ trailer }: PdfSection): void {
    for (const key of trailer.entries.keys()) if (!TRAILER_KEYS.has(key)) changed(`the trailer's ${key}`)
    const root = trailer.entries.get('Root')
    if (root?.kind !== 'ref' || root.number !== this.#root) changed('another root')
    const size = numberOf(trailer.entries.get('Size'))
    if (size < this.#size) changed('the size')
    this.#size = size
    const id = trailer.entries.get('ID')
    if (id !== undefined && (id.kind !== 'array' || id.items.some(item => item.kind !== 'string'))) changed('the id')
  }

  /** Only what hangs together with signatures may be written again: the catalog, the form, pages' marks, proofs, dates. */
  #isRewritable(number: number, before: ReadonlyMap<number, PdfValue>, catalog: PdfDict): boolean {
    if (number === this.#root || this.#pages.includes(number)) return true
    const form = catalog.entries.get('AcroForm')
    const dss = catalog.entries.get('DSS')
    const at = (value: PdfValue | undefined) => (value?.kind === 'ref' ? before.get(value.number) : value)
    const roots = [form, dss]
    const formDict = at(form)
    if (formDict?.kind === 'dict') roots.push(formDict.entries.get('Fields'))
    const dssDict = at(dss)
    if (dssDict?.kind === 'dict')
      for (const key of ['VRI', 'Certs', 'OCSPs', 'CRLs']) roots.push(dssDict.entries.get(key))
    for (const page of this.#pages) {
      const dict = before.get(page)
      if (dict?.kind === 'dict') roots.push(dict.entries.get('Annots'))
    }
    if (this.#info === `${number} R`) return true
    return roots.some(value => value?.kind === 'ref' && value.number === number)
  }

  #checkSame(was: PdfDict, is: PdfDict, but: readonly string[], what: string): void {
    const without = (dict: PdfDict): PdfDict => ({
      kind: 'dict',
      entries: new Map([...dict.entries].filter(([key]) => !but.includes(key))),
    })
    if (canonical(without(was)) !== canonical(without(is))) changed(what)
  }

  /** A value without references and without anything that acts. */
  #checkPlain(value: PdfValue | undefined, known: Set<number>): void {
    if (value !== undefined) this.#walk(value, known, null)
  }

  #fieldsOf(catalog: PdfDict): readonly PdfValue[] {
    const form = catalog.entries.get('AcroForm')
    return form === undefined ? [] : this.#list(this.#dict(form, 'the form').entries.get('Fields'))
  }

  #checkForm(
    catalog: PdfDict,
    before: PdfDict,
    known: Set<number>,
    know: (value: PdfValue | undefined) => PdfValue | undefined,
  ): readonly PdfValue[] {
    const written = catalog.entries.get('AcroForm')
    if (written === undefined) return before.entries.has('AcroForm') ? changed('no form any more') : []
    const form = know(written)
    if (form?.kind !== 'dict') changed('the form')
    for (const [key, value] of form.entries) {
      if (key === 'Fields') know(value)
      else if (key === 'NeedAppearances') {
        if (value.kind !== 'boolean' || value.value) changed('appearances')
      } else if (key === 'DR') this.#walk(value, known, this.#drawn)
      else if (['Type', 'SigFlags', 'DA', 'Q'].includes(key)) this.#checkPlain(value, known)
      else changed(`the form's ${key}`)
    }
    return this.#list(form.entries.get('Fields'))
  }

  /** What a list has beyond what it had; the former entries stay first and as they were. */
  #added(was: readonly PdfValue[], is: readonly PdfValue[], what: string): PdfValue[] {
    if (is.length < was.length || was.some((value, n) => canonical(value) !== canonical(is[n]))) return changed(what)
    const added = is.slice(was.length)
    const all = is.map(canonical)
    if (new Set(all).size !== all.length || added.some(value => value.kind !== 'ref')) changed(what)
    return added
  }

  #addSignature(
    ref: PdfValue,
    page: number | null,
    update: PdfSection,
    known: Set<number>,
    know: (value: PdfValue | undefined) => PdfValue | undefined,
  ): void {
    if (this.signatures.length >= MAX_SIGNATURES) throw new Refused('too_many', 'signatures')
    if (ref.kind !== 'ref' || !update.objects.has(ref.number)) changed('a field of before')
    const field = know(ref)
    if (field?.kind !== 'dict') changed('a field')
    for (const [key, value] of field.entries) {
      if (!FIELD_KEYS.has(key)) changed(`a field's ${key}`)
      if (!['V', 'P', 'AP', 'MK'].includes(key)) this.#checkPlain(value, known)
    }
    if (nameOf(field, 'FT') !== 'Sig' || nameOf(field, 'Subtype') !== 'Widget') changed('a field that is no signature')
    const title = field.entries.get('T')
    if (title?.kind !== 'string' || this.#fieldNames.has(title.bytes)) changed('a name of a field')
    this.#fieldNames.add(title.bytes)
    const mark = field.entries.get('MK')
    if (mark) this.#walk(mark, known, this.#drawn)
    this.#checkMark(field, page)
    this.#checkAppearance(field, known, know)
    this.signatures.push(this.#signatureOf(field, title.bytes, update, know))
  }

  /** The widget lies on its page in a place kept for signatures and on no other one's, or shows nothing. */
  #checkMark(field: PdfDict, page: number | null): void {
    const corners = this.#list(field.entries.get('Rect')).map(numberOf)
    const [x = 0, y = 0, x2 = 0, y2 = 0] = corners
    if (corners.length !== 4) changed('a rectangle')
    const rect = { left: Math.min(x, x2), bottom: Math.min(y, y2), right: Math.max(x, x2), top: Math.max(y, y2) }
    const on = field.entries.get('P')
    if (on !== undefined && (on.kind !== 'ref' || (page !== null && this.#pages[page] !== on.number)))
      changed('a page of a mark')
    if (on?.kind === 'ref' && !this.#pages.includes(on.number)) changed('a page of a mark')
    if (rect.left === rect.right || rect.bottom === rect.top) return
    const isKept = this.#places.some(
      place =>
        place.page === page &&
        rect.left >= place.left &&
        rect.bottom >= place.bottom &&
        rect.right <= place.right &&
        rect.top <= place.top,
    )
    if (!isKept) throw new Refused('outside_place', 'outside')
    if (this.#marks.some(other => overlap(other, rect))) throw new Refused('outside_place', 'on another')
    this.#marks.push(rect)
  }

  #checkAppearance(
    field: PdfDict,
    known: Set<number>,
    know: (value: PdfValue | undefined) => PdfValue | undefined,
  ): void {
    const written = field.entries.get('AP')
    if (written === undefined) return
    const appearance = know(written)
    if (appearance?.kind !== 'dict') changed('an appearance')
    for (const [key, value] of appearance.entries) {
      if (key !== 'N' || value.kind !== 'ref') changed('an appearance')
      const shown = this.#resolve(value)
      if (shown?.kind !== 'stream' || nameOf(shown.dict, 'Subtype') !== 'Form') changed('an appearance')
      this.#walk(value, known, this.#drawn)
    }
  }

  /**
   * Walks what a mark or proofs are made of: fonts, pictures, drawings. Every reference leads to an object that is
   * there, none of them acts, and none has its content elsewhere. `seen`: what was walked already; null: no reference
   * may be here at all.
   */
  #walk(value: PdfValue, known: Set<number>, seen: Set<number> | null): void {
    if (value.kind === 'ref') {
      if (seen === null) changed('a reference')
      known.add(value.number)
      if (seen.has(value.number)) return
      seen.add(value.number)
      if (seen.size > MAX_WALKED) changed('too much')
      const found = this.#objects.get(value.number)
      if (found === undefined || found.kind === 'ref') changed('a reference to nothing')
      else this.#walk(found, known, seen)
    } else if (value.kind === 'array') for (const item of value.items) this.#walk(item, known, seen)
    else if (value.kind === 'dict') this.#walkDict(value, known, seen)
    else if (value.kind === 'stream') {
      this.#checkStream(value)
      this.#walkDict(value.dict, known, seen)
    }
  }

  #walkDict(dict: PdfDict, known: Set<number>, seen: Set<number> | null): void {
    for (const key of REFUSED_KEYS) if (dict.entries.has(key)) changed(`an entry ${key}`)
    for (const entry of dict.entries.values()) this.#walk(entry, known, seen)
  }

  #checkStream({ dict }: PdfStream): void {
    const kind = nameOf(dict, 'Subtype')
    const allowed = kind === 'Form' ? FORM_KEYS : kind === 'Image' ? IMAGE_KEYS : null
    for (const key of dict.entries.keys()) if (allowed && !allowed.has(key)) changed(`a drawing's ${key}`)
    if (kind === 'PS') changed('a program')
    if (['ObjStm', 'XRef'].includes(nameOf(dict, 'Type') ?? '')) changed('a stream of objects')
    for (const key of OUTSIDE_KEYS) if (dict.entries.has(key)) changed('content elsewhere')
  }

  #signatureOf(
    field: PdfDict,
    title: string,
    update: PdfSection,
    know: (value: PdfValue | undefined) => PdfValue | undefined,
  ): FoundSignature {
    const ref = field.entries.get('V')
    const signature = know(ref)
    if (ref?.kind !== 'ref' || !update.objects.has(ref.number) || signature?.kind !== 'dict')
      return changed('a signature')
    for (const [key, value] of signature.entries) {
      if (!SIGNATURE_KEYS.has(key)) changed(`a signature's ${key}`)
      this.#checkPlain(value, new Set())
    }
    const type = nameOf(signature, 'Type')
    const format = nameOf(signature, 'SubFilter') ?? ''
    const isStamp = format === 'ETSI.RFC3161'
    if (!isStamp && !PERSON_FORMATS.includes(format)) changed('a format')
    if (type !== undefined && type !== (isStamp ? 'DocTimeStamp' : 'Sig')) changed('a type')
    const contents = signature.entries.get('Contents')
    if (contents?.kind !== 'string' || !contents.isHex) changed('contents')
    const range = this.#list(signature.entries.get('ByteRange')).map(numberOf)
    const [first, length, second, rest] = range
    const covers =
      range.length === 4 &&
      first === 0 &&
      length === contents.start &&
      second === contents.end &&
      rest !== undefined &&
      second + rest <= update.end &&
      isBlank(this.#bytes.subarray(second + rest, update.end))
    if (!covers) throw new Refused('part_only', 'range')
    return {
      field: title,
      kind: isStamp ? 'time_stamp' : 'person',
      cms: Buffer.from(contents.bytes, 'latin1'),
      covered: [
        this.#bytes.subarray(0, contents.start),
        this.#bytes.subarray(contents.end, (second ?? 0) + (rest ?? 0)),
      ],
    }
  }

  #checkProofs(
    catalog: PdfDict,
    known: Set<number>,
    know: (value: PdfValue | undefined) => PdfValue | undefined,
  ): void {
    const written = catalog.entries.get('DSS')
    if (written === undefined) {
      if (this.#dss !== null) changed('no proofs any more')
      return
    }
    const dss = know(written)
    if (dss?.kind !== 'dict') changed('proofs')
    const seen = new Set<number>()
    for (const [key, value] of dss.entries) {
      if (!['Type', 'VRI', 'Certs', 'OCSPs', 'CRLs'].includes(key)) changed(`the proofs' ${key}`)
      this.#walk(value, known, seen)
    }
    this.#dss = dss
  }

  /** The file's own description may get the tool's name and a date, nothing that is read as the paper's. */
  #checkInfo({ trailer }: PdfSection, before: ReadonlyMap<number, PdfValue>, known: Set<number>): void {
    const written = trailer.entries.get('Info')
    if (written === undefined) {
      if (this.#info !== 'null') changed('no description any more')
      return
    }
    if (this.#info !== 'null' && canonical(written) !== this.#info) changed('another description')
    if (written.kind !== 'ref') changed('a description')
    known.add(written.number)
    const was = before.get(written.number)
    const is = this.#dict(written, 'a description')
    this.#info = canonical(written)
    for (const [key, value] of is.entries) if (INFO_KEYS.has(key) && value.kind !== 'string') changed('a description')
    this.#checkSame(was?.kind === 'dict' ? was : NOTHING, is, [...INFO_KEYS], 'a description')
  }

  /** The certificates and lists of withdrawn ones that came along, as far as they are stored without a filter or deflated. */
  proofs(): { certificates: Buffer[]; lists: Buffer[] } {
    const dss = this.#dss
    if (dss === null) return { certificates: [], lists: [] }
    const contents = (key: string) => {
      let left = MAX_PROOF_BYTES
      return this.#list(dss.entries.get(key))
        .slice(0, MAX_PROOFS)
        .flatMap(ref => {
          const stream = this.#resolve(ref)
          const content = stream?.kind === 'stream' ? contentOf(this.#bytes, stream, left) : null
          left -= content?.length ?? 0
          return content ?? []
        })
    }
    return { certificates: contents('Certs'), lists: contents('CRLs') }
  }
}

const overlap = (one: Rect, other: Rect) =>
  one.left < other.right && other.left < one.right && one.bottom < other.top && other.bottom < one.top

const nameOf = (dict: PdfDict, key: string) => {
  const value = dict.entries.get(key)
  return value?.kind === 'name' ? value.value : undefined
}

const numberOf = (value: PdfValue | undefined): number => (value?.kind === 'number' ? value.value : changed('a number'))

/** The content of a stream of at most `most` bytes, as it is or inflated; null where it is neither, or longer. */
function contentOf(bytes: Buffer, { dict, start, end }: PdfStream, most: number): Buffer | null {
  if (most <= 0) return null
  const filter = dict.entries.get('Filter')
  const raw = bytes.subarray(start, end)
  if (filter === undefined) return raw.length > most ? null : raw
  if (filter.kind !== 'name' || filter.value !== 'FlateDecode' || dict.entries.has('DecodeParms')) return null
  try {
    return inflateSync(raw, { maxOutputLength: most })
  } catch {
    return null
  }
}
