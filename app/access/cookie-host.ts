/**
 * True if browsers keep the app's cookies at this address: over https, and on this machine itself. Elsewhere over http a
 * `Secure` cookie is dropped without a word, and nobody can sign in.
 */
export function keepsCookies(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl)
  return protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$|\.localhost$/.test(hostname)
}
