import { useCallback, useEffect, useState } from 'react'
import type { Snapshot } from '#app/domain/offline.ts'
import { askForSync, copyOwn, openHere, openWithPin, reach, readCopy } from './contact.ts'
import { countDrafts } from './draft.ts'
import { changes, type KeptRow, listKept, type Opened, sendAll } from './outbox.ts'
import { type KeptSheet, listSheets } from './sheets.ts'
import { type AccountRow, forgetOldSheets } from './store.ts'

/** Everything that the shell shows of one official. */
export type Open = {
  kind: 'open'
  row: AccountRow
  opened: Opened
  /** undefined: none, or too old to rely on */
  copy: Snapshot | undefined
  kept: KeptRow[]
  /** forms that were typed into and not saved */
  drafts: number
  /** of inspections, taken along */
  sheets: KeptSheet[]
}

type ShellState =
  | { kind: 'opening' }
  | { kind: 'signed_out' }
  /** no account has data here */
  | { kind: 'empty' }
  | { kind: 'pin'; name: string }
  | { kind: 'failed' }
  | Open

async function contentOf(row: AccountRow, opened: Opened): Promise<Open> {
  const [copy, kept, drafts, sheets] = await Promise.all([
    readCopy(row, opened),
    listKept(opened),
    countDrafts(),
    listSheets(opened),
  ])
  return { kind: 'open', row, opened, copy, kept, drafts, sheets }
}

async function here(): Promise<ShellState> {
  const local = await openHere()
  if (!local) return { kind: 'empty' }
  // behind a PIN too
  await forgetOldSheets(local.row.accountId)
  if (local.opened === null) return { kind: 'pin', name: local.row.name }
  return contentOf(local.row, local.opened)
}

/** How often the server is looked for while it cannot be reached. */
const AGAIN_MS = 5000

/**
 * The shell's state, and what it does: looking for the server, sending, opening with a PIN. `hasNetwork` is a fact of its
 * own, whatever the state: true if the server answered when it was last looked for.
 */
export function useShell() {
  const [state, setState] = useState<ShellState>({ kind: 'opening' })
  const [hasNetwork, setNetwork] = useState(true)
  // the server answers, but what was sent last got lost on the way
  const [isStalled, setStalled] = useState(false)

  const look = useCallback(async () => {
    try {
      const reached = await reach()
      setNetwork(reached.kind !== 'unreachable')
      if (reached.kind === 'signed_out') return setState(reached)
      if (reached.kind === 'unreachable') return setState(await here())
      const { sent, stoppedBy } = await sendAll(reached.opened)
      setStalled(stoppedBy === 'no_network')
      if (stoppedBy === 'no_network') {
        setNetwork((await reach()).kind !== 'unreachable')
        await askForSync()
      }
      await copyOwn(reached, sent > 0).catch(() => undefined)
      setState(stoppedBy === 'signed_out' ? { kind: 'signed_out' } : await here())
    } catch {
      setState({ kind: 'failed' })
    }
  }, [])

  /** Reads the kept data again, after something was kept or dropped. */
  const reread = useCallback(async () => {
    const next = await here()
    setState(now => (now.kind === 'signed_out' ? now : next))
  }, [])

  useEffect(() => {
    if (typeof BroadcastChannel !== 'function' || !navigator.locks) return setState({ kind: 'failed' })
    // kept data is shown at once; the server may be slow to answer
    setNetwork(navigator.onLine)
    void here()
      .then(next => setState(now => (now.kind === 'opening' && next.kind === 'open' ? next : now)))
      .catch(() => undefined)
    void look()
    const channel = changes()
    channel.onmessage = () => void reread()
    const lost = () => setNetwork(false)
    window.addEventListener('online', look)
    window.addEventListener('offline', lost)
    return () => {
      channel.close()
      window.removeEventListener('online', look)
      window.removeEventListener('offline', lost)
    }
  }, [look, reread])

  const isLost = (!hasNetwork || isStalled) && state.kind !== 'signed_out' && state.kind !== 'failed'
  useEffect(() => {
    if (!isLost) return
    // browsers do not always report a network that returns, and a network does not always reach the server
    const again = setInterval(() => {
      if (navigator.onLine && document.visibilityState === 'visible') void look()
    }, AGAIN_MS)
    return () => clearInterval(again)
  }, [isLost, look])

  /** Tries to send; without a network, asks the browser to do it once there is one. */
  const send = useCallback(async () => {
    await reread()
    if (navigator.onLine) await look()
    else await askForSync()
  }, [look, reread])

  /** Null where the PIN was right; else how many tries are left. */
  const tryPin = useCallback(
    async (pin: string): Promise<number | null> => {
      const result = await openWithPin(pin)
      if ('opened' in result) await reread()
      else if (result.left === 0) setState({ kind: 'signed_out' })
      return 'left' in result ? result.left : null
    },
    [reread],
  )

  return { state, hasNetwork, send, reread, tryPin }
}
