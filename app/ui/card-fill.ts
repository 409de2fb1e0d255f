import { type Card, readCard } from '#app/domain/card.ts'

/** Told to a form whose card gives no day of birth; its detail is the prefix of the person's fields. */
export const CARD_WITHOUT_DAY = 'card-without-day'

/** A desk scanner types without a pause; after this time (ms) its text is complete. */
const SCANNER_PAUSE_MS = 150

/** A form's field that is typed into or chosen from; undefined: there is none of this name. */
export function fieldNamed(form: HTMLFormElement, name: string) {
  const field = form.elements.namedItem(name)
  return field instanceof HTMLInputElement || field instanceof HTMLSelectElement ? field : undefined
}

/** Puts values into the fields of these names, as if they were typed. */
export function fillFields(
  form: HTMLFormElement,
  values: Record<string, string>,
  { prefix, isOnlyEmpty }: { prefix: string; isOnlyEmpty: boolean },
) {
  for (const [name, value] of Object.entries(values)) {
    const field = fieldNamed(form, `${prefix}${name}`)
    if (!field || value === '' || (isOnlyEmpty && field.value !== '')) continue
    field.value = value
    for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }))
  }
}

/**
 * Puts a card into the fields of the help form of this id, and moves on to the next empty field. `prefix` comes before
 * the fields' names if a form holds several people.
 */
export function fillCardInto(formId: string, card: Card, prefix = '') {
  const form = document.getElementById(formId)
  if (form instanceof HTMLFormElement) fillCard(form, card, prefix)
}

function fillCard(form: HTMLFormElement, { number, name, birthOn }: Card, prefix: string) {
  const values = { citizenNumber: number, citizenName: name, birthOn: birthOn ?? '' }
  fillFields(form, values, { prefix, isOnlyEmpty: false })
  if (birthOn === null) form.dispatchEvent(new CustomEvent(CARD_WITHOUT_DAY, { detail: prefix }))
  focusNext(form, prefix)
}

/**
 * Splits the text of a card that a desk scanner types into the number or name. The scanner's last key does not send the
 * form. Returns what ends it.
 */
export function followScanner(form: HTMLFormElement, prefix: string): () => void {
  const fields = ['citizenNumber', 'citizenName'].map(name => `${prefix}${name}`)
  const isScanned = (target: EventTarget | null): target is HTMLInputElement =>
    target instanceof HTMLInputElement && fields.includes(target.name) && target.value.includes('|')
  const split = (field: HTMLInputElement) => {
    const reading = readCard(field.value)
    if (reading.ok) fillCard(form, reading.card, prefix)
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const typed = ({ target }: Event) => {
    if (!isScanned(target)) return
    clearTimeout(timer)
    timer = setTimeout(() => split(target), SCANNER_PAUSE_MS)
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !isScanned(event.target)) return
    event.preventDefault()
    clearTimeout(timer)
    split(event.target)
  }
  form.addEventListener('input', typed)
  form.addEventListener('keydown', pressed)
  return () => {
    clearTimeout(timer)
    form.removeEventListener('input', typed)
    form.removeEventListener('keydown', pressed)
  }
}

/** Goes on to the first field after the card's that is still empty and in sight. */
function focusNext(form: HTMLFormElement, prefix: string) {
  const fields = [...form.elements].filter(
    element => element instanceof HTMLInputElement || element instanceof HTMLSelectElement,
  )
  const from = fields.findIndex(field => field.name === `${prefix}citizenNumber`)
  const isOpen = (field: HTMLInputElement | HTMLSelectElement) =>
    field.value === '' &&
    field.name !== '' &&
    field.type !== 'hidden' &&
    field.type !== 'file' &&
    field.closest('[hidden]') === null
  // a day that a card without one asks for is in sight a moment later
  requestAnimationFrame(() => fields.slice(from).find(isOpen)?.focus())
}
