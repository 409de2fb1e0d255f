import type { AppLoadContext } from '@remix-run/node'

/** Where the server of these tests is, as browsers see it. */
export const ORIGIN = 'http://127.0.0.1:3230'

/** Makes what the server hands to a loader or an action beside the request; `changes` replace parts. */
export const makeContext = (changes: Partial<AppLoadContext> = {}): AppLoadContext => ({
  nonce: 'n',
  requestId: 'r',
  address: '10.0.0.1',
  isDemo: false,
  publicUrl: ORIGIN,
  hasMail: false,
  backupFolder: '',
  replicaFolder: null,
  replicaLag: () => null,
  asksFactor: false,
  provider: undefined,
  note: () => undefined,
  ...changes,
})
