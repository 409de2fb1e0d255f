import { isUnfounded } from '#app/queries/founding.server.ts'

/** `{"status":"ok"}` after a real query; 503 where the database does not answer. */
export function loader() {
  try {
    if (isUnfounded()) throw new Error('not founded')
    return Response.json({ status: 'ok' })
  } catch {
    return Response.json({ status: 'unavailable' }, { status: 503 })
  }
}
