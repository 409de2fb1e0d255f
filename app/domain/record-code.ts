/** The code of a record, which names no citizen: for an office's own network, and for lists that come back. */
export const codeOf = (helpId: number) => `HT-${helpId}`

/** The record that a code names, with or without its letters; undefined for any other text. */
export function readRecordCode(text: string): number | undefined {
  const digits = /^(?:HT ?-? ?)?(\d{1,15})$/i.exec(text.trim())?.[1]
  return digits === undefined ? undefined : Number(digits)
}
