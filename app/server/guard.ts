import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { NextFunction, Request, Response } from 'express'
import helmet from 'helmet'

/** A fresh nonce for each response, for the scripts that Remix writes into the page. */
export function giveNonce(_request: Request, response: Response, next: NextFunction) {
  response.locals.nonce = randomBytes(16).toString('base64')
  next()
}

/** Other sites may embed the public pages in frames, and no other page. */
const EMBEDDABLE = /^\/cong-khai(?:\/|$)/
const nonceOf = (response: ServerResponse) => `'nonce-${(response as Response).locals.nonce}'`

/**
 * The script of the worker that reads cards' codes: the headers of its own script apply to a worker, not its page's.
 */
const CARD_READER = /^\/assets\/card-worker-[\w-]+\.js$/

/** Headers that bind what a page may load and who may frame it. No inline style, no script without the nonce. */
export function protect(isTls: boolean) {
  const inside = headers(isTls, false)
  const anywhere = headers(isTls, true)
  return (request: Request, response: Response, next: NextFunction) =>
    (EMBEDDABLE.test(request.path) ? anywhere : inside)(request, response, next)
}

function headers(isTls: boolean, isEmbeddable: boolean) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        // WebAssembly is compiled by the reader of cards alone, by no page
        'script-src': [
          "'self'",
          ({ url }, response) => `${nonceOf(response)}${CARD_READER.test(url ?? '') ? " 'wasm-unsafe-eval'" : ''}`,
        ],
        'worker-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'manifest-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': [isEmbeddable ? '*' : "'none'"],
        ...(isTls ? { 'upgrade-insecure-requests': [] } : {}),
      },
    },
    strictTransportSecurity: isTls ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: isEmbeddable ? false : { action: 'deny' },
  })
}

/** HTTP methods that browsers send or routes answer. The platform's own Request refuses the others, such as TRACE. */
const VERBS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Refuses a verb that no route has. */
export function checkVerb(request: Request, response: Response, next: NextFunction) {
  if (VERBS.has(request.method)) return next()
  refuse(response, 405, SENTENCES[405] ?? UNKNOWN, 'verb')
}

/** Keeps every answer out of caches on the way that says nothing of its own about them. */
export function storeNothing(_request: Request, response: Response, next: NextFunction) {
  const writeHead = response.writeHead.bind(response)
  response.writeHead = ((...args: Parameters<typeof writeHead>) => {
    const [, ...rest] = args
    const own = rest.find(given => typeof given === 'object') as Record<string, unknown> | undefined
    const isSaid =
      response.hasHeader('Cache-Control') || Object.keys(own ?? {}).some(name => /^cache-control$/i.test(name))
    if (!isSaid) response.setHeader('Cache-Control', 'no-store')
    return writeHead(...args)
  }) as typeof response.writeHead
  next()
}

/** Refuses a write that does not come from one of our own pages: by Origin or, if it is missing, by Sec-Fetch-Site. */
export function checkOrigin(publicUrl: string) {
  const own = new URL(publicUrl).origin
  return (request: Request, response: Response, next: NextFunction) => {
    if (request.method === 'GET' || request.method === 'HEAD') return next()
    // the interface knows a token in a header and no cookie, so no other site can write with what a browser sends along
    if (INTERFACE.test(request.path)) return next()
    const origin = request.get('Origin')
    const isOwn =
      origin === undefined
        ? request.get('Sec-Fetch-Site') === 'same-origin'
        : origin === own || origin === `${request.protocol}://${request.get('Host')}`
    if (isOwn) return next()
    refuse(response, 403, 'Yêu cầu này không đến từ trang của hệ thống. Anh/chị mở lại trang và thử lại.', 'origin')
  }
}

const INTERFACE = /^\/api\/v1(?:\/|$)/

/**
 * Refuses an invalid address: undecodable bytes, an impossible host, or a host that differs from the Origin's. If the
 * Origin is ours and the host is not, a proxy does not pass the host on, and the answer says so.
 */
export function checkAddress(publicUrl: string) {
  const own = new URL(publicUrl).origin
  return (request: Request, response: Response, next: NextFunction) => {
    if (isAddress(request)) return next()
    const isHostLost = request.get('Origin') === own
    refuse(
      response,
      400,
      isHostLost ? HOST_LOST : 'Địa chỉ này không đọc được. Anh/chị mở lại từ trang chính.',
      'address',
    )
  }
}

const HOST_LOST =
  'Nội dung chưa được lưu: máy chủ trung gian (proxy) không chuyển đúng tên miền đến hệ thống. Anh/chị báo quản trị đặt cho proxy chuyển tiếp Host hoặc X-Forwarded-Host.'

function isAddress(request: Request): boolean {
  try {
    decodeURIComponent(request.path)
    const isUrl = URL.canParse(`${request.protocol}://${request.get('Host')}${request.originalUrl}`)
    return isUrl && (request.method === 'GET' || fitsHost(request))
  } catch (error) {
    if (error instanceof URIError) return false
    throw error
  }
}

/** Returns true if the Origin, if present, matches the requested host; otherwise Remix would fail with an error. */
function fitsHost(request: Request): boolean {
  const origin = request.get('Origin')
  if (origin === undefined || origin === 'null') return true
  const host = request.get('X-Forwarded-Host')?.split(',')[0]?.trim() ?? request.get('Host')
  return URL.canParse(origin) && new URL(origin).host === host
}

const SENTENCES: Record<number, string> = {
  400: 'Nội dung gửi lên không đọc được. Anh/chị mở lại trang, nhập và gửi lại.',
  403: 'Anh/chị không có quyền thực hiện việc này. Nếu công việc được giao cần đến, anh/chị đề nghị quản trị của đơn vị cấp quyền.',
  404: 'Không tìm thấy nội dung này, hoặc nội dung nằm ngoài phạm vi anh/chị được xem.',
  405: 'Địa chỉ này không nhận yêu cầu như vậy. Anh/chị mở lại trang và thử lại.',
  503: 'Hệ thống đang bận, nội dung chưa được lưu. Anh/chị chờ vài giây rồi thử lại.',
}
const UNKNOWN = 'Có lỗi khi xử lý, lỗi đã được ghi lại. Anh/chị thử lại sau ít phút.'

/**
 * Gives a refusal that comes without words a page that says what to do: addresses of files and of single steps have no
 * page of their own. What Remix itself says there, it says in English.
 */
export function explainRefusals(_request: Request, response: Response, next: NextFunction) {
  const { write, end } = response
  const isBare = () =>
    !response.headersSent &&
    response.statusCode >= 400 &&
    (response.get('Content-Type') === undefined || response.get('X-Remix-Error') === 'yes')
  response.write = ((...args: Parameters<typeof write>) =>
    isBare() ? true : write.apply(response, args)) as typeof write
  response.end = ((...args: Parameters<typeof end>) => {
    const isWordless = isBare()
    Object.assign(response, { write, end })
    if (!isWordless) return end.apply(response, args)
    refuse(response, response.statusCode, SENTENCES[response.statusCode] ?? UNKNOWN)
    return response
  }) as typeof end
  next()
}

const KB = 1024
/** Bytes that a route takes; the first pattern that fits the path. Everything else is a form of text. */
const BODY_LIMITS: readonly [RegExp, number][] = [
  [/^\/don-vi\/\d+\/nguoi-thuc-hien\/nhap/, 12 * KB * KB],
  [/^\/don-vi\/\d+\/truong-hop\/nhap/, 12 * KB * KB],
  [/^\/don-vi\/\d+\/phan-cong\/nhap/, 12 * KB * KB],
  [/^\/doi-chieu\/moi|^\/api\/v1\/extracts$/, 65 * KB * KB],
  [/^\/dia-ban\/\d+\/so-lieu\/nhap|^\/don-vi\/\d+\/(?:tuyen-truyen|diem-thu-nhan)\/nhap/, 5 * KB * KB],
  [
    /^\/nghia-vu\/|^\/don-vi\/\d+\/(?:cam-ket|mien-giam\/|bao-cao\/[\w-]+\/ban-ky)|^\/xem-xet\/\d+\/|^\/van-ban\/\d+(?:\.data)?$/,
    6 * KB * KB,
  ],
  [/^\/quan-tri\/chung-thu-goc/, 6 * KB * KB],
  [/^\/cam-ket\/ky-so/, KB * KB],
  [/^\//, 256 * KB],
]

/** Bytes of a body that may go by after its answer; a longer one is cut, for reading it is work too. */
const MOST_LET_BY = 16 * KB * KB

/** Refuses a body over its route's limit before it is read; one without a length is cut off when it passes it. */
export function limitBody(request: Request, response: Response, next: NextFunction) {
  const limit = BODY_LIMITS.find(([pattern]) => pattern.test(request.path))?.[1] ?? 0
  const tooLarge = `Nội dung gửi lên lớn hơn ${Math.floor(limit / KB).toLocaleString('vi-VN')} KB. Anh/chị chia nhỏ hoặc nén tệp rồi gửi lại.`
  if (Number(request.get('Content-Length') ?? 0) > limit) return refuse(response, 413, tooLarge, 'body_too_large')
  let received = 0
  let bound = limit
  const weigh = (chunk: Buffer) => {
    received += chunk.length
    if (received <= bound) return
    if (!response.headersSent) refuse(response, 413, tooLarge, 'body_too_large')
    request.destroy()
  }
  request.on('data', weigh)
  request.pause()
  // after an early answer the rest of the body is read and dropped: a blocked sender does not look for the answer
  response.on('finish', () => {
    if (request.readableEnded || request.destroyed) return
    bound = Math.min(limit, received + MOST_LET_BY)
    request.removeAllListeners('data')
    request.on('data', weigh)
    request.resume()
  })
  next()
}

/**
 * Answers with a page that says what to do, or with a problem document for the API. Closes the connection if a body is
 * still arriving.
 * `reason` goes into the request's line of the log: a word of ours, never any input.
 */
export function refuse(response: Response, status: number, sentence: string, reason?: string) {
  if (reason !== undefined) response.locals.note?.({ refused: reason })
  if (status === 413) response.set('Connection', 'close')
  if (INTERFACE.test(response.req.path)) {
    const problem = JSON.stringify({ type: 'about:blank', title: sentence, status })
    response.status(status).type('application/problem+json').send(problem)
    return
  }
  response
    .status(status)
    .type('html')
    .send(
      `<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Chưa thực hiện được</title><link rel="stylesheet" href="/thong-bao.css"><main><h1>Chưa thực hiện được</h1><p>${sentence}</p><p><a href="/">Về trang chính</a></p></main></html>`,
    )
}
