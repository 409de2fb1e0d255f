import { joinedGroups } from './letters.ts'

/** The activation page with a code in the fragment, which browsers send to no server and proxies do not log. */
export const activationLink = (address: string, code: string) => `${address}#${code}`

/** The code in the fragment of an address; undefined: there is none. */
export function codeIn(hash: string): string | undefined {
  const code = joinedGroups(hash.replace(/^#/, ''))
  return /^[A-Za-z2-9]{16}$/.test(code) ? code : undefined
}
