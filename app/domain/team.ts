import type { Day } from './calendar.ts'

/** Somebody's time in a team; `toOn` null: open. */
type Place = { officialId: number; isLeader: boolean; fromOn: Day; toOn: Day | null }

const overlap = (a: Pick<Place, 'fromOn' | 'toOn'>, b: Pick<Place, 'fromOn' | 'toOn'>) =>
  (a.toOn === null || a.toOn >= b.fromOn) && (b.toOn === null || a.fromOn <= b.toOn)

/**
 * Returns what keeps somebody from a place in a team, or null: a member in those days already, or a second leader in the
 * days of another one.
 */
export function checkPlace(members: readonly Place[], place: Place): 'already_granted' | 'team_has_leader' | null {
  const beside = members.filter(member => overlap(member, place))
  if (beside.some(({ officialId }) => officialId === place.officialId)) return 'already_granted'
  return place.isLeader && beside.some(({ isLeader }) => isLeader) ? 'team_has_leader' : null
}

/** The last day of a member who leaves on `today`: that day, or the first where it is still to come. */
export const lastDayOf = ({ fromOn }: Pick<Place, 'fromOn'>, today: Day): Day => (fromOn > today ? fromOn : today)
