/** Fields that one form brings at most; the largest of ours, a session of forty people, has about 500. */
const MOST_FIELDS = 600
/** Fields of one name: as many rows as one transaction takes. */
const MOST_OF_ONE_NAME = 200
/** Letters of a field's name, and of a text in it; tables that are pasted whole are the longest. */
const LONGEST_NAME = 100
const LONGEST_TEXT = 1 << 20
/** Bytes between a part's boundary and its contents. */
const LONGEST_PART_HEAD = 4096

/** What conform writes into a form for itself; it believes them, so nothing of that name is taken from outside. */
const RESERVED = ['__intent__', '__state__']

const unreadable = () => new Response(null, { status: 400, statusText: 'Bad Request' })

/**
 * The form that a request brings, bounded in fields, names and texts before anything walks through it. A body that is
 * no form, breaks off or goes beyond the bounds is 400.
 */
export async function formOf(request: Request): Promise<FormData> {
  let form: FormData
  try {
    form = await counted(request).formData()
  } catch {
    throw unreadable()
  }
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
 * Returns only the entries whose names are in `names`: these are passed to conform. Conform reads brackets and dots in
 * a name as a path and builds whatever structure that describes, so such a name is 400.
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

/** The request, whose body ends with an error where it has more fields than a form may: before they are put together. */
function counted(request: Request): Request {
  const type = request.headers.get('Content-Type') ?? ''
  const boundary = /^multipart\/form-data\b.*;\s*boundary=(?:"([^"]{1,200})"|([^;\s]{1,200}))/i.exec(type)
  const count = boundary ? partCounter(boundary[1] ?? boundary[2] ?? '') : pairCounter
  if (!request.body) return request
  let fields = 0
  const body = request.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        if (fields <= MOST_FIELDS + 1) fields += count(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength))
        if (fields <= MOST_FIELDS + 1) controller.enqueue(piece)
      },
      // the rest is read and dropped first: if the connection is cut while the client sends, nobody sees the answer
      flush(controller) {
        if (fields > MOST_FIELDS + 1) controller.error(new RangeError('too many fields'))
      },
    }),
  )
  // `duplex` is required if a body is a stream; the types of fetch do not have it yet
  const init: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    headers: { 'Content-Type': type },
    body,
    duplex: 'half',
  }
  return new Request(request.url, init)
}

const AMPERSAND = '&'.charCodeAt(0)

function pairCounter(piece: Buffer): number {
  let pairs = 0
  for (let at = piece.indexOf(AMPERSAND); at >= 0 && pairs <= MOST_FIELDS; at = piece.indexOf(AMPERSAND, at + 1))
    pairs += 1
  return pairs
}

/** Counts the parts of a multipart body piece by piece; a part whose head does not end is counted as too many. */
function partCounter(boundary: string): (piece: Buffer) => number {
  const mark = Buffer.from(`--${boundary}`)
  let rest: Buffer = Buffer.alloc(0)
  return piece => {
    const bytes = Buffer.concat([rest, piece])
    let parts = 0
    let from = 0
    for (let at = bytes.indexOf(mark); at >= 0 && parts <= MOST_FIELDS; at = bytes.indexOf(mark, from)) {
      from = at + mark.length
      const head = bytes.subarray(from, from + LONGEST_PART_HEAD)
      const isWhole = head.toString('latin1', 0, 2) === '--' || head.includes('\r\n\r\n')
      if (!isWhole && head.length === LONGEST_PART_HEAD) return MOST_FIELDS + 2
      if (!isWhole) {
        // the head continues in the next piece
        rest = Buffer.from(bytes.subarray(at))
        return parts
      }
      parts += 1
    }
    rest = Buffer.from(bytes.subarray(Math.max(from, bytes.length - mark.length + 1)))
    return parts
  }
}
