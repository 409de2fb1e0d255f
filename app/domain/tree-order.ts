/** Compares two paths of ids such as `/1/12/140/`: a unit comes before those below it, siblings in the order of their ids. */
export function byTree(a: string, b: string): number {
  const [one, two] = [a, b].map(path => path.split('/').filter(Boolean).map(Number))
  for (const [n, id] of (one ?? []).entries()) {
    const other = two?.[n]
    if (other === undefined) return 1
    if (id !== other) return id - other
  }
  return (one?.length ?? 0) - (two?.length ?? 0)
}
