import { randomBytes } from 'node:crypto'
import type { NextFunction, Request, Response } from 'express'
import helmet from 'helmet'

/** A fresh nonce for each response, for the scripts that Remix writes into the page. */
export function giveNonce(_request: Request, response: Response, next: NextFunction) {
  response.locals.nonce = randomBytes(16).toString('base64')
  next()
}

/** Headers that bind what a page may load and who may frame it. No inline style, no script without the nonce. */
export function protect(isTls: boolean) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'", (_request, response) => `'nonce-${(response as Response).locals.nonce}'`],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'manifest-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
        ...(isTls ? { 'upgrade-insecure-requests': [] } : {}),
      },
    },
    strictTransportSecurity: isTls ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  })
}

/** Refuses a write that does not come from a page of ours: by Origin, where there is none by Sec-Fetch-Site. */
export function checkOrigin(publicUrl: string) {
  const own = new URL(publicUrl).origin
  return (request: Request, response: Response, next: NextFunction) => {
    if (request.method === 'GET' || request.method === 'HEAD') return next()
    const origin = request.get('Origin')
    const isOwn =
      origin === undefined
        ? request.get('Sec-Fetch-Site') === 'same-origin'
        : origin === own || origin === `${request.protocol}://${request.get('Host')}`
    if (isOwn) return next()
    refuse(response, 403, 'Yêu cầu này không đến từ trang của hệ thống. Anh/chị mở lại trang và thử lại.')
  }
}

const KB = 1024
/** Bytes that a route takes; the first pattern that fits the path. Everything else is a form of text. */
const BODY_LIMITS: readonly [RegExp, number][] = [
  [/^\/don-vi\/\d+\/nguoi-thuc-hien\/nhap/, 12 * KB * KB],
  [/^\/doi-chieu\/moi/, 65 * KB * KB],
  [/^\/dia-ban\/\d+\/so-lieu\/nhap/, 5 * KB * KB],
  [/^\/nghia-vu\/|^\/don-vi\/\d+\/cam-ket/, 6 * KB * KB],
  [/^\//, 256 * KB],
]

/** Refuses a body over its route's limit before it is read; one without a length is cut off when it passes it. */
export function limitBody(request: Request, response: Response, next: NextFunction) {
  const limit = BODY_LIMITS.find(([pattern]) => pattern.test(request.path))?.[1] ?? 0
  const tooLarge = `Nội dung gửi lên lớn hơn ${Math.floor(limit / KB).toLocaleString('vi-VN')} KB. Anh/chị chia nhỏ hoặc nén tệp rồi gửi lại.`
  if (Number(request.get('Content-Length') ?? 0) > limit) return refuse(response, 413, tooLarge)
  let received = 0
  request.on('data', (chunk: Buffer) => {
    received += chunk.length
    if (received > limit && !response.headersSent) {
      refuse(response, 413, tooLarge)
      request.destroy()
    }
  })
  request.pause()
  next()
}

function refuse(response: Response, status: number, sentence: string) {
  response
    .status(status)
    .set('Connection', 'close')
    .type('html')
    .send(
      `<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Chưa thực hiện được</title><link rel="stylesheet" href="/thong-bao.css"><main><h1>Chưa thực hiện được</h1><p>${sentence}</p><p><a href="/">Về trang chính</a></p></main></html>`,
    )
}
