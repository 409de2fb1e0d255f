import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFDocument,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from 'pdf-lib'
import sharp from 'sharp'
import type { InputProblem } from '#app/domain/problem.ts'

/** Bytes of an upload, before and after. */
const MAX_BYTES = 5 * 1024 * 1024
/** An image that unpacks to more is refused before it is unpacked. */
const MAX_PIXELS = 40_000_000
/** A side longer than any camera's or scanner's: a thin strip of few pixels would take half a minute to draw. */
const MAX_EDGE = 20_000
/** Longest side that is kept; what a phone photographs stays readable. */
const MAX_SIDE = 3000

type StrippedFile = { mediaType: 'image/png' | 'image/jpeg' | 'application/pdf'; content: Buffer }
export type StripProblem = Extract<
  InputProblem,
  | 'required'
  | 'file_too_large'
  | 'file_kind_unknown'
  | 'file_heic'
  | 'file_too_many_pixels'
  | 'file_locked'
  | 'file_unreadable'
>

/**
 * Strips an uploaded png, jpg, webp or pdf of at most 5 MB of everything that it does not show: place, device, author,
 * software, script, attachment. The content decides the kind, never the name. Images are redrawn upright, at most 3000
 * pixels wide and high, webp as jpg; a pdf's pages are copied into a new document. A phone's heic is read by its own
 * browser only.
 */
export async function stripFile(
  bytes: Uint8Array,
): Promise<{ ok: true; file: StrippedFile } | { ok: false; reason: StripProblem }> {
  if (bytes.length === 0) return { ok: false, reason: 'required' }
  if (bytes.length > MAX_BYTES) return { ok: false, reason: 'file_too_large' }
  const kind = kindOf(bytes)
  if (kind === undefined) return { ok: false, reason: 'file_kind_unknown' }
  if (kind === 'image/heic') return { ok: false, reason: 'file_heic' }
  const mediaType = kind === 'image/webp' ? 'image/jpeg' : kind
  try {
    const content = mediaType === 'application/pdf' ? await stripPdf(bytes) : await stripImage(bytes, mediaType)
    if (content.length > MAX_BYTES) return { ok: false, reason: 'file_too_large' }
    return { ok: true, file: { mediaType, content } }
  } catch (error) {
    return { ok: false, reason: reasonOf(error) }
  }
}

/** Maps an error to a problem; both libraries distinguish their errors by message only. */
function reasonOf(error: unknown): StripProblem {
  const words = error instanceof Error ? error.message : ''
  if (/is encrypted/.test(words)) return 'file_locked'
  return /pixel limit/.test(words) ? 'file_too_many_pixels' : 'file_unreadable'
}

type Kind = StrippedFile['mediaType'] | 'image/webp' | 'image/heic'

/** The first bytes of each kind; undefined: any byte. */
const SIGNATURES: readonly [Kind, readonly (number | undefined)[]][] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/webp', [...codes('RIFF'), ...Array.from({ length: 4 }, () => undefined), ...codes('WEBP')]],
  ...['heic', 'heix', 'hevc', 'mif1', 'msf1'].map(
    brand => ['image/heic', [0, 0, 0, undefined, ...codes(`ftyp${brand}`)]] satisfies [Kind, (number | undefined)[]],
  ),
]

function codes(text: string): number[] {
  return [...text].map(letter => letter.charCodeAt(0))
}

function kindOf(bytes: Uint8Array): Kind | undefined {
  return SIGNATURES.find(([, signature]) => signature.every((byte, n) => byte === undefined || bytes[n] === byte))?.[0]
}

/** Strips an image: sharp drops metadata by default; `rotate` first turns the image as its own metadata asks. */
async function stripImage(bytes: Uint8Array, mediaType: 'image/png' | 'image/jpeg'): Promise<Buffer> {
  const { width = 0, height = 0 } = await sharp(bytes, { limitInputPixels: MAX_PIXELS }).metadata()
  if (Math.max(width, height) > MAX_EDGE) throw new Error('a side exceeds the pixel limit')
  const image = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
    .rotate()
    .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true })
  return (mediaType === 'image/png' ? image.png({ compressionLevel: 9 }) : image.jpeg({ quality: 85 })).toBuffer()
}

/** Entries that say where a page comes from, run something, or carry a file; dropped from every dictionary. */
const DROPPED_KEYS = ['Metadata', 'PieceInfo', 'LastModified', 'AA', 'OpenAction', 'JS', 'EF', 'AF', 'RichMediaContent']
/** Annotations that show nothing of their own but a file, a film or a sound. */
const DROPPED_ANNOTATIONS = ['FileAttachment', 'RichMedia', 'Movie', 'Screen', 'Sound', '3D']

/**
 * Only what the pages themselves refer to reaches the new document: the old one's information dictionary, XMP, scripts,
 * attachments, outlines and forgotten objects stay behind.
 */
async function stripPdf(bytes: Uint8Array): Promise<Buffer> {
  const source = await PDFDocument.load(bytes, { updateMetadata: false })
  for (const [, object] of source.context.enumerateIndirectObjects()) clean(object, source.context)
  const target = await PDFDocument.create({ updateMetadata: false })
  for (const page of await target.copyPages(source, source.getPageIndices())) target.addPage(page)
  for (const [ref, object] of target.context.enumerateIndirectObjects())
    if (object instanceof PDFRawStream && isPhotograph(object))
      target.context.assign(ref, PDFRawStream.of(object.dict, stripJpegSegments(object.contents)))
  return Buffer.from(await target.save({ updateFieldAppearances: false }))
}

function cleanEntries(array: PDFArray, context: PDFContext) {
  for (let n = array.size() - 1; n >= 0; n--) {
    const entry = array.get(n)
    if (isDroppedAnnotation(entry instanceof PDFRef ? context.lookup(entry) : entry)) array.remove(n)
    else if (!(entry instanceof PDFRef)) clean(entry, context)
  }
}

function clean(object: PDFObject | undefined, context: PDFContext) {
  if (object instanceof PDFArray) return cleanEntries(object, context)
  const dict = object instanceof PDFStream ? object.dict : object
  if (!(dict instanceof PDFDict)) return
  for (const key of DROPPED_KEYS) dict.delete(PDFName.of(key))
  // an action that is no link within the document or to a page on the web
  const action = dict.lookup(PDFName.of('A'))
  if (action instanceof PDFDict && action.has(PDFName.of('S')) && !isLink(action)) dict.delete(PDFName.of('A'))
  for (const [, value] of dict.entries()) if (!(value instanceof PDFRef)) clean(value, context)
}

const nameOf = (dict: PDFDict, key: string) => {
  const value = dict.lookup(PDFName.of(key))
  return value instanceof PDFName ? value.decodeText() : undefined
}

const isLink = (action: PDFDict) =>
  ['GoTo', 'URI'].includes(nameOf(action, 'S') ?? '') && !action.has(PDFName.of('Next'))

const isDroppedAnnotation = (object: PDFObject | undefined) =>
  object instanceof PDFDict && DROPPED_ANNOTATIONS.includes(nameOf(object, 'Subtype') ?? '')

/** An image stored as a whole JPEG file inside the pdf, as scanners and phones do: it brings its own metadata. */
const isPhotograph = ({ dict }: PDFRawStream) => {
  const filter = dict.lookup(PDFName.of('Filter'))
  const only = filter instanceof PDFArray && filter.size() === 1 ? filter.lookup(0) : filter
  return only instanceof PDFName && only.decodeText() === 'DCTDecode'
}

const APP1 = 0xe1
const APP13 = 0xed
const COMMENT = 0xfe
const START_OF_SCAN = 0xda

/** A JPEG without its Exif, XMP, IPTC and comment segments; every pixel as it was. */
function stripJpegSegments(jpeg: Uint8Array): Uint8Array {
  const kept: Uint8Array[] = [jpeg.subarray(0, 2)]
  let at = 2
  while (jpeg[at] === 0xff && at + 4 <= jpeg.length) {
    const marker = jpeg[at + 1] as number
    if (marker === START_OF_SCAN) break
    const end = at + 2 + (((jpeg[at + 2] as number) << 8) | (jpeg[at + 3] as number))
    if (marker !== APP1 && marker !== APP13 && marker !== COMMENT) kept.push(jpeg.subarray(at, end))
    at = end
  }
  return Buffer.concat([...kept, jpeg.subarray(at)])
}
