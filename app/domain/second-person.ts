/**
 * True where whoever decides is another account than the one that asked. Null on either side: the system, which no
 * person is.
 */
export function isSecondPerson(deciderId: number | null, askerId: number | null): boolean {
  return deciderId === null || deciderId !== askerId
}
