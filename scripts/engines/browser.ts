/** A browser as the journeys need it, whatever protocol drives it; every act is the browser's own, as by a person. */
export type Browser = {
  name: string
  open: (path: string) => Promise<void>
  /** clicks the element that `locate` finds */
  click: (what: Wanted) => Promise<void>
  /** empties the field and types */
  type: (what: Wanted, text: string) => Promise<void>
  /** runs the text of a function in the page, with these arguments, and returns what it returns */
  run: <T>(body: string, ...args: unknown[]) => Promise<T>
  /** begins a page of the given width (CSS pixels) without cookies or anything kept */
  fresh: (width: number) => Promise<void>
  screenshot: (file: string) => Promise<void>
  quit: () => Promise<void>
}

/** An element by what people see: a field by its label, a button or link by its words, a choice in its group. */
export type Wanted =
  | { field: string }
  | { button: string }
  | { link: string }
  | { choice: string; group: string }
  | { box: string }

/**
 * The body of a function that finds the visible element for a `Wanted` in the page, and scrolls it into view. Names match
 * where they contain the wanted words; null: there is none.
 */
export const LOCATE = `
  const [wanted] = arguments
  const shown = element => element.getClientRects().length > 0
  const words = element => (element.getAttribute('aria-label') ?? element.textContent ?? '').replace(/\\s+/g, ' ').trim()
  const labelled = text => [...document.querySelectorAll('input, select, textarea')].filter(field =>
    [...(field.labels ?? [])].some(label => words(label).includes(text)) || (field.getAttribute('aria-label') ?? '').includes(text))
  const candidates = () => {
    if (wanted.field) return labelled(wanted.field)
    if (wanted.box) return labelled(wanted.box).filter(field => field.type === 'checkbox')
    if (wanted.button) return [...document.querySelectorAll('button')].filter(one => words(one).includes(wanted.button))
    if (wanted.link) return [...document.querySelectorAll('a')].filter(one => words(one).includes(wanted.link))
    const group = [...document.querySelectorAll('fieldset')].find(one => words(one.querySelector('legend') ?? one).includes(wanted.group))
    return labelled(wanted.choice).filter(field => group && group.contains(field))
  }
  // a choice whose box is drawn by its label is chosen by the label
  const found = candidates().map(one => shown(one) && one.getBoundingClientRect().width > 1 ? one : one.labels?.[0] ?? one).find(shown)
  found?.scrollIntoView({ block: 'center' })
  return found ?? null
`

/** How long a journey waits for what it wants to see (ms). */
export const PATIENCE_MS = 30_000

/** Repeats `look` until it returns something other than null or false, or throws what `missing` says. */
export async function waitFor<T>(look: () => Promise<T | null | false>, missing: () => string): Promise<T> {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    const found = await look().catch(() => null)
    if (found !== null && found !== false) return found
    if (Date.now() > end) throw new Error(missing())
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

/** Waits until the page shows a text. */
export const sees = (browser: Browser, text: string) =>
  waitFor(
    () => browser.run<boolean>("return (document.body?.innerText ?? '').includes(arguments[0])", text),
    () => `${browser.name}: “${text}” does not appear`,
  )
