/** With fewer people than this, results would reveal those of individuals. */
const FEWEST = 5

/** A unit with how many people it has, with everything below it. */
export type Group = { key: string; parentKey: string | null; people: number }

/**
 * Returns the units whose exact results may be told so that no subtraction leaves a group of one to four people. What a
 * unit withholds below itself, with its own people, is one group: nobody or five and more. Else its smallest parts are
 * withheld too. What lies below a withheld unit is withheld.
 */
export function tellableGroups(groups: readonly Group[]): Set<string> {
  const keys = new Set(groups.map(group => group.key))
  const below = new Map<string | null, Group[]>()
  for (const group of groups) {
    const parent = group.parentKey !== null && keys.has(group.parentKey) ? group.parentKey : null
    below.set(parent, [...(below.get(parent) ?? []), group])
  }
  const told = new Set<string>()
  const tell = (group: Group) => {
    told.add(group.key)
    for (const part of tellableParts(group, below.get(group.key) ?? [])) tell(part)
  }
  for (const root of below.get(null) ?? []) if (root.people >= FEWEST) tell(root)
  return told
}

function tellableParts({ people }: Group, parts: readonly Group[]): Group[] {
  const byName = [...parts].sort((a, b) => a.people - b.people || a.key.localeCompare(b.key))
  const told = byName.filter(part => part.people >= FEWEST)
  const left = () => told.reduce((rest, part) => rest - part.people, people)
  while (told.length > 0 && left() > 0 && left() < FEWEST) told.shift()
  return told
}
