import { useLocation } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { notePageCampaign } from './page-campaign.ts'

/** The account that the page belongs to; null: no account. */
type PageOwner = { accountId: number | null; campaignId: number | null; isOfficial: boolean }

declare global {
  interface ServiceWorkerRegistration {
    /** Background Sync, where the browser has it */
    readonly sync?: { register(tag: string): Promise<void> }
  }
}

const isAble = () =>
  window.isSecureContext && 'serviceWorker' in navigator && 'locks' in navigator && 'indexedDB' in window

/**
 * Prepares every page for use without a network, once it is idle. Other accounts on this browser are ended, an
 * official's own copy is renewed, and waiting records are sent. Returns how many records the server has not taken.
 * Undefined `owner`: a page that does not say who is signed in.
 */
export function useOffline(owner: PageOwner | undefined): number {
  const [unsent, setUnsent] = useState(0)
  const { accountId, campaignId, isOfficial } = owner ?? {}
  useEffect(() => {
    if (accountId === undefined || campaignId === undefined || !isAble()) return
    notePageCampaign(campaignId)
    let isGone = false
    const start = () => {
      if (import.meta.env.PROD) void registerWorker(isOfficial ?? false)
      void import('./contact.ts')
        .then(({ onPage, onOffice }) =>
          isOfficial || accountId === null ? onPage(accountId, campaignId) : onOffice(accountId),
        )
        .then(count => isGone || setUnsent(count))
        .catch(() => undefined)
    }
    const timer = setTimeout(start, 300)
    window.addEventListener('submit', askBeforeLeaving, true)
    return () => {
      isGone = true
      clearTimeout(timer)
      window.removeEventListener('submit', askBeforeLeaving, true)
    }
  }, [accountId, campaignId, isOfficial])
  return unsent
}

/**
 * Has the worker keep the shell of this page's build, where it keeps another one's. Who bears no quota has a worker only
 * once something was taken along.
 */
async function registerWorker(isOfficial: boolean) {
  if (!isOfficial && !(await navigator.serviceWorker.getRegistration())) return
  await navigator.serviceWorker.register('/sw.js')
  const { active } = await navigator.serviceWorker.ready
  if (!(await caches.match(window.__remixManifest.url))) active?.postMessage('renew')
}

/** Before a session is ended while forms wait or drafts lie here, the shell says how many and what becomes of them. */
function askBeforeLeaving(event: SubmitEvent) {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || new URL(form.action).pathname !== '/dang-xuat' || 'asked' in form.dataset)
    return
  event.preventDefault()
  void import('./draft.ts')
    .then(({ countWaiting }) => countWaiting())
    .catch(() => 0)
    .then(count => {
      if (count > 0) window.location.assign('/ngoai-tuyen#dang-xuat')
      else form.submit()
    })
}

/** Around a form that keeps on the phone what cannot be sent. */
export const KEEPS_ITSELF = 'data-keeps-itself'

/**
 * Holds back any other form while the browser knows that it has no network: an error page would take what was typed
 * away. Returns how often that happened on this page.
 */
export function useHeldBack(): number {
  const [times, setTimes] = useState(0)
  const { key } = useLocation()
  useEffect(() => {
    const hold = (event: SubmitEvent) => {
      const form = event.target
      if (navigator.onLine || !(form instanceof HTMLFormElement) || form.method !== 'post') return
      if (form.closest(`[${KEEPS_ITSELF}]`)) return
      event.preventDefault()
      event.stopImmediatePropagation()
      setTimes(before => before + 1)
    }
    const forget = () => setTimes(0)
    window.addEventListener('submit', hold, true)
    window.addEventListener('online', forget)
    return () => {
      window.removeEventListener('submit', hold, true)
      window.removeEventListener('online', forget)
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins without it
  useEffect(() => setTimes(0), [key])
  return times
}
