import { createContext } from 'react'

/** The response's CSP nonce, for the scripts that Remix writes into the page; empty in the browser. */
export const NonceContext = createContext('')
