import { notFound } from '../_web/visit.server.ts'

/** Every address that is none of ours. */
export function loader() {
  throw notFound()
}

export default function NoPage() {
  return null
}
