import type { LoaderFunctionArgs } from '@remix-run/node'
import { publishedBoard } from '#app/domain/api-shapes.ts'
import type { PublicBoard } from '#app/queries/public-board.server.ts'
import { answerPublic, publicBoard } from './page.server.tsx'

function publishedOf({ takenAt, campaign, ...read }: PublicBoard) {
  const { day, days } = campaign
  const shown = { ...campaign, day: Math.min(Math.max(day, 0), days), isOver: day > days }
  return { ...read, campaign: shown, takenAt: takenAt === null ? null : new Date(takenAt).toISOString() }
}

/** Returns what the public page shows, for machines: open to scripts of other sites too. */
export function loader(args: LoaderFunctionArgs) {
  const response = answerPublic(args, 'application/json; charset=utf-8', () => {
    const read = publicBoard(args.params)
    return read && JSON.stringify(publishedBoard.parse(publishedOf(read)))
  })
  response.headers.set('Access-Control-Allow-Origin', '*')
  response.headers.set('Cross-Origin-Resource-Policy', 'cross-origin')
  return response
}
