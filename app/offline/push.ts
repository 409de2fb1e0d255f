/** What this browser can do about reminders: nothing, nothing any more since its owner said no, or receive them. */
export type PushAbility = 'unable' | 'denied' | 'able'

/** Tells what this browser can do; an iPhone receives reminders only where the app is on its home screen. */
export function pushAbility(): PushAbility {
  const isAble =
    window.isSecureContext && 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
  if (!isAble) return 'unable'
  return Notification.permission === 'denied' ? 'denied' : 'able'
}

/** Asks the owner, then the browser maker's service, for an address. Null: no was said, or the service gave none. */
export async function askForAddress(publicKey: string): Promise<string | null> {
  if ((await Notification.requestPermission()) !== 'granted') return null
  await navigator.serviceWorker.register('/sw.js')
  const { pushManager } = await navigator.serviceWorker.ready
  const options = { userVisibleOnly: true, applicationServerKey: publicKey }
  try {
    return (await pushManager.subscribe(options)).endpoint
  } catch {
    // bound to a former key of this installation
    await (await pushManager.getSubscription())?.unsubscribe()
    return pushManager.subscribe(options).then(
      ({ endpoint }) => endpoint,
      () => null,
    )
  }
}

/** The hash (SHA-256, base64url) of this browser's address, by which the page knows its line; null: it has none. */
export async function ownHash(): Promise<string | null> {
  const registration = await navigator.serviceWorker.getRegistration()
  const subscription = await registration?.pushManager.getSubscription()
  if (!subscription) return null
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(subscription.endpoint))
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
