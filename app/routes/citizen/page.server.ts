import { createElement, type ReactElement } from 'react'
import { LetterSize } from '#app/ui/citizen-page.tsx'
import { writeStaticPage } from '#app/ui/page-writer.server.ts'
import { citizenPage } from './params.ts'

const YEAR_SECONDS = 31_536_000
const COOKIE = '__Host-chu'

/**
 * Builds a citizen's page as a response: not kept by anybody on the way, no address passed on from it. Its letters are
 * as large as the address asks, else as this browser asked before. `setCookie`: a cookie to be set besides.
 */
export function answerPage(
  request: Request,
  page: ReactElement,
  { status = 200, setCookie = null }: { status?: number; setCookie?: string | null } = {},
): Response {
  const headers = new Headers({
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'same-origin',
  })
  if (setCookie !== null) headers.append('Set-Cookie', setCookie)
  const { letters } = citizenPage.read(new URL(request.url))
  if (letters !== undefined)
    headers.append(
      'Set-Cookie',
      `${COOKIE}=${letters}; Path=/; Max-Age=${YEAR_SECONDS}; HttpOnly; Secure; SameSite=Lax`,
    )
  const isLarge = letters === undefined ? hadLarge(request) : letters === 'lon'
  const whole = createElement(LetterSize.Provider, { value: isLarge }, page)
  return new Response(writeStaticPage(whole), { status, headers })
}

const hadLarge = (request: Request) => /(?:^|;\s*)__Host-chu=lon(?:;|$)/.test(request.headers.get('Cookie') ?? '')
