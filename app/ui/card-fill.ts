import type { Card } from '#app/domain/card.ts'

/**
 * Puts a card into the fields of the help form of this id, and moves on to the next empty field. `prefix` comes before
 * the fields' names if a form holds several people.
 */
export function fillCardInto(formId: string, card: Card, prefix = '') {
  const form = document.getElementById(formId)
  if (!(form instanceof HTMLFormElement)) return
  const values = {
    citizenNumber: card.number,
    citizenName: card.name,
    birthOn: card.birthOn,
    birthYear: card.birthOn.slice(0, 4),
  }
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(`${prefix}${name}`)
    if (!(field instanceof HTMLInputElement)) continue
    field.value = value
    for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }))
  }
  focusNext(form, prefix)
}

/** Goes on to the first field after the card's that is still empty. */
function focusNext(form: HTMLFormElement, prefix: string) {
  const fields = [...form.elements].filter(
    element => element instanceof HTMLInputElement || element instanceof HTMLSelectElement,
  )
  const from = fields.findIndex(field => field.name === `${prefix}citizenNumber`)
  const isOpen = (field: HTMLInputElement | HTMLSelectElement) =>
    field.value === '' && field.name !== '' && field.type !== 'hidden' && field.type !== 'file'
  fields.slice(from).find(isOpen)?.focus()
}
