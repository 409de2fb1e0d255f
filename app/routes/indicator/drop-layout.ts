import { redirect } from '@remix-run/node'
import { dropLayout } from '#app/queries/table-layout.server.ts'
import { idOf, writes } from '../_web/visit.server.ts'

/** Takes a saved layout away; what was read or written by it stays. */
export const action = writes(({ actor }, { params }) => {
  dropLayout(actor, idOf(params.layoutId))
  return redirect('/mau-bang')
})
