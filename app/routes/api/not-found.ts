import { noOperation } from './answer.server.ts'

/** Addresses of the interface that no operation has. */
export const loader = noOperation(404)
export const action = noOperation(404)
