import type { LoaderFunctionArgs } from '@remix-run/node'
import { publishedOf } from '#app/queries/public-board.server.ts'
import { answerPublic, publicBoard } from './page.server.tsx'

/** Returns what the public page shows, for machines: open to scripts of other sites too. */
export function loader(args: LoaderFunctionArgs) {
  const response = answerPublic(args, 'application/json; charset=utf-8', () => {
    const read = publicBoard(args.params)
    return read && JSON.stringify(publishedOf(read))
  })
  response.headers.set('Access-Control-Allow-Origin', '*')
  response.headers.set('Cross-Origin-Resource-Policy', 'cross-origin')
  return response
}
