import { setImmediate } from 'node:timers/promises'
import { Busboy } from '@fastify/busboy'

/** Fields that one form brings at most; the largest of ours, a session of forty people, has about 500. */
const MOST_FIELDS = 600
/** Fields of one name: as many rows as one transaction takes. */
const MOST_OF_ONE_NAME = 200
/** Letters of a field's name, and of a text in it; tables that are pasted whole are the longest. */
const LONGEST_NAME = 100
const LONGEST_TEXT = 1 << 20
/** Bytes of a letter (UTF-16 code unit) in UTF-8. */
const MOST_BYTES_OF_A_LETTER = 3
/** Bytes of a whole form that is not sent in parts: of text alone. */
const LARGEST_PLAIN = 4 << 20
/** Bytes between a part's boundary and its contents. */
const LONGEST_PART_HEAD = 4096
/** Bytes, and pieces, of a file that are copied in one step. */
const GATHERED_BYTES = 1 << 20
const GATHERED_PIECES = 1000

/** What conform writes into a form for itself; it believes them, so nothing of that name is taken from outside. */
const RESERVED = ['__intent__', '__state__']

const unreadable = () => new Response(null, { status: 400, statusText: 'Bad Request' })

/**
 * Reads the form that a request brings piece by piece as it arrives, so that a large file holds nobody up. It is bounded
 * in fields, names and texts before anything walks through it. Throws 400 where the body is no form, breaks off or goes
 * beyond the bounds.
 */
export async function formOf(request: Request): Promise<FormData> {
  let form: FormData | undefined
  try {
    form = await read(request)
  } catch {
    throw unreadable()
  }
  if (!form) throw unreadable()
  for (const name of RESERVED) form.delete(name)
  if (!isBounded(form)) throw unreadable()
  return form
}

/** The JSON that a request brings; undefined where the body is none. Bodies are as short as the route's limit. */
export async function jsonOf(request: Request): Promise<unknown> {
  return await request.json().catch(() => undefined)
}

function isBounded(form: FormData): boolean {
  let fields = 0
  const times = new Map<string, number>()
  for (const [name, value] of form) {
    const time = (times.get(name) ?? 0) + 1
    times.set(name, time)
    fields += 1
    if (fields > MOST_FIELDS || time > MOST_OF_ONE_NAME || name.length > LONGEST_NAME) return false
    if (typeof value === 'string' && value.length > LONGEST_TEXT) return false
  }
  return true
}

/**
 * The same entries, those alone whose names stand in `names`: what is handed to conform. It reads brackets and dots in a
 * name as a path and builds whatever that says, so such a name is 400.
 */
export function entriesNamed(form: FormData, names: ReadonlySet<string>): FormData {
  if (!isBounded(form)) throw unreadable()
  const kept = new FormData()
  for (const [name, value] of form) {
    if (/[[\].]/.test(name)) throw unreadable()
    if (names.has(name)) kept.append(name, value)
  }
  return kept
}

/** Takes a body's pieces; `take` is false once the body is beyond its bounds, `end` gives the form where it is one. */
type FormReader = { take: (piece: Buffer) => Promise<boolean>; end: () => Promise<FormData | undefined> }

/** The form in a request's body; undefined or an error where there is none. */
async function read({ headers, body }: Request): Promise<FormData | undefined> {
  const reader = readerFor(headers.get('Content-Type') ?? '')
  if (!body) return reader?.end()
  let isBelow = reader !== undefined
  // what is refused is let through unread: a connection cut while its body is sent shows nobody the answer
  const pieces = body.getReader()
  let taken = 0
  for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
    const { buffer, byteOffset, byteLength } = piece.value
    if (reader && isBelow) isBelow = await reader.take(Buffer.from(buffer, byteOffset, byteLength))
    taken += byteLength
    // pieces that have gathered already follow each other without a pause of their own
    if (taken < GATHERED_BYTES) continue
    taken = 0
    await setImmediate()
  }
  return isBelow ? reader?.end() : undefined
}

function readerFor(type: string): FormReader | undefined {
  if (/^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(type)) return pairReader()
  return /^multipart\/form-data\s*;/i.test(type) ? partReader(type) : undefined
}

const AMPERSAND = '&'.charCodeAt(0)

/** Reads a body of `name=value&name=value`; fields are counted before they are taken apart. */
function pairReader(): FormReader {
  const pieces: Buffer[] = []
  let fields = 0
  let size = 0
  return {
    async take(piece) {
      for (let at = piece.indexOf(AMPERSAND); at >= 0 && fields <= MOST_FIELDS; at = piece.indexOf(AMPERSAND, at + 1))
        fields += 1
      size += piece.length
      pieces.push(piece)
      return fields <= MOST_FIELDS && size <= LARGEST_PLAIN
    },
    async end() {
      const form = new FormData()
      for (const [name, value] of new URLSearchParams(Buffer.concat(pieces).toString())) form.append(name, value)
      return form
    },
  }
}

/** Reads a body of parts. Throws where its type names no boundary. */
function partReader(type: string): FormReader {
  const form = new FormData()
  let isBelow = true
  let wake = () => {}
  const parser = new Busboy({
    headers: { 'content-type': type },
    isPartAFile: (_name, _type, fileName) => fileName !== undefined,
    limits: {
      parts: MOST_FIELDS,
      fieldSize: MOST_BYTES_OF_A_LETTER * LONGEST_TEXT,
      headerSize: LONGEST_PART_HEAD,
    },
  })
  const refuse = () => {
    isBelow = false
    wake()
  }
  parser.on('partsLimit', refuse)
  parser.on('field', (name: string | undefined, value, _isNameCut, isValueCut) => {
    if (name === undefined || isValueCut) refuse()
    else form.append(nameIn(name), value)
  })
  parser.on('file', (name: string | undefined, stream, fileName, _encoding, mediaType) => {
    const pieces = gatherer()
    stream.on('error', refuse)
    stream.on('data', pieces.take)
    stream.on('end', () => {
      if (name === undefined) refuse()
      else form.append(nameIn(name), new File(pieces.end(), nameIn(fileName), { type: mediaType }))
    })
  })
  const ended = new Promise<boolean>(resolve => {
    parser.on('finish', () => resolve(true))
    parser.on('error', () => {
      refuse()
      resolve(false)
    })
  })
  parser.on('drain', () => wake())
  return {
    async take(piece) {
      if (!parser.write(piece) && isBelow) await new Promise<void>(resolve => (wake = resolve))
      return isBelow
    },
    async end() {
      parser.end()
      return (await ended) && isBelow ? form : undefined
    },
  }
}

/** A name as it was before the browser sent it: quotation marks and line ends travel as %22, %0D and %0A. */
const nameIn = (sent: string) => sent.replace(/%22|%0D|%0A/gi, decodeURIComponent)

/** Puts a file's pieces together by the megabyte, so that no step copies it whole. */
function gatherer() {
  const whole: Blob[] = []
  let pieces: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  const flush = () => {
    if (pieces.length > 0) whole.push(new Blob(pieces))
    pieces = []
    size = 0
  }
  return {
    take(piece: Buffer<ArrayBuffer>) {
      pieces.push(piece)
      size += piece.length
      if (size >= GATHERED_BYTES || pieces.length >= GATHERED_PIECES) flush()
    },
    end() {
      flush()
      return whole
    },
  }
}
