/** Reads each text once and remembers the answer: columns of long lists repeat few texts. */
export function remembered<Answer>(read: (text: string) => Answer): (text: string) => Answer {
  const known = new Map<string, { answer: Answer }>()
  return text => {
    const found = known.get(text) ?? { answer: read(text) }
    known.set(text, found)
    return found.answer
  }
}

/** Rows by a key, keys and rows in the order in which they came. */
export function grouped<Row, Key>(rows: Iterable<Row>, keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}
