import type { ReactElement } from 'react'
import { writeStaticPage } from '#app/ui/page-writer.server.ts'

/** A citizen's page as a response: not kept by anybody on the way, no address passed on from it. */
export function answerPage(page: ReactElement, status = 200, setCookie: string | null = null): Response {
  const headers = new Headers({
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'same-origin',
  })
  if (setCookie !== null) headers.append('Set-Cookie', setCookie)
  return new Response(writeStaticPage(page), { status, headers })
}
