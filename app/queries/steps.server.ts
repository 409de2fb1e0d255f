import { checkpoint, type Hold, leavingSync, whenHeld } from '#db/client.server.ts'
import { inTurn } from './retry.server.ts'

/**
 * How long a step's own work is meant to hold the one writer, its commit not counted, and how long both together (ms).
 * A step may take 20: rows are not alike, and cores are shared.
 */
export const AIM_MS = 9
const MOST_AIM_MS = 13
/** What is left to a step's own work (ms) where the disk takes all of that: smaller steps would only be more. */
const LEAST_WORK_MS = 3
/** Limits for changing a step's size: down to a half at once, up by a quarter. */
const LEAST_FACTOR = 0.5
const MOST_FACTOR = 1.25

/** Computes how many rows the next step of a long job takes, from how long the steps before held the writer. */
export class Pace {
  private size: number

  /** `first`: rows of the first step; `most`: of any; `aimMs`: less where rows differ much. */
  constructor(
    first: number,
    private readonly most = Number.POSITIVE_INFINITY,
    private readonly aimMs = AIM_MS,
  ) {
    this.size = Math.min(first, most)
  }

  get rows(): number {
    return Math.max(1, Math.floor(this.size))
  }

  /**
   * Notes how long a step of `rows` rows held the writer. One that took fewer rows than it might, such as the
   * last, says nothing of larger ones; one that was too long for its few rows still shortens the next.
   */
  note(rows: number, { ms, commitMs }: Hold) {
    const aim = Math.max(LEAST_WORK_MS, Math.min(this.aimMs, MOST_AIM_MS - commitMs))
    const factor = Math.min(MOST_FACTOR, Math.max(LEAST_FACTOR, aim / Math.max(ms - commitMs, 0.1)))
    if (factor > 1 && rows < this.rows) return
    this.size = Math.min(this.most, Math.max(1, this.size * factor))
  }
}

type HoldListener = (kind: string, ms: number, commitMs: number) => void
let held: Hold = { ms: 0, commitMs: 0 }
let kind = 'other'
let listener: HoldListener = () => undefined

whenHeld(hold => {
  held = { ms: held.ms + hold.ms, commitMs: held.commitMs + hold.commitMs }
  listener(kind, hold.ms, hold.commitMs)
})

/** How often the log is copied into the database (ms): little at a time, while no write waits. */
const CHECKPOINT_MS = 1000
let carriedAt = 0

/** Carries the log into the database where that was not done for a second. */
export function checkpointWhenDue() {
  const now = performance.now()
  if (now - carriedAt < CHECKPOINT_MS) return
  carriedAt = now
  checkpoint()
}

/** Names the work whose transactions follow, for those who measure how long each kind holds the one writer. */
export function nameHolds(work: string) {
  kind = work
}

/**
 * Calls `told` with how long each transaction of this process held the writer (ms), for which work, and how long its
 * commit took.
 */
export function listenToHolds(told: HoldListener) {
  listener = told
}

/**
 * Writes the rest of a long job in steps that hold the writer briefly, regardless of the cost of their rows.
 * `take` reads the next step, at most `most` rows, while others may write; undefined if nothing is left. `write`
 * writes it in one transaction, and returns the number of rows; it may run again if another write came first. Then
 * `passed` moves on behind the step, others get a turn, and `told` receives the number of rows.
 */
export async function inSteps<Step>(
  pace: Pace,
  {
    take,
    write,
    passed = () => undefined,
    told = async () => undefined,
  }: {
    take: (most: number) => Step | undefined
    write: (step: Step) => number
    passed?: (step: Step) => void
    told?: (rows: number) => Promise<void>
  },
): Promise<void> {
  let planningMs = 0
  const takeTimed = () => {
    const start = performance.now()
    const step = take(pace.rows)
    planningMs = performance.now() - start
    return step
  }
  for (let step = takeTimed(); step !== undefined; step = takeTimed()) {
    const next = step
    let rows = 0
    const store = () => {
      held = { ms: 0, commitMs: 0 }
      rows = write(next)
    }
    // planning the next step leaves the writer free about as long as planning this one did
    await inTurn(() => leavingSync(store), planningMs)
    pace.note(rows, held)
    passed(next)
    checkpointWhenDue()
    await told(rows)
  }
}

/**
 * Runs the only step of a long job, which starts again if it was interrupted, without waiting for the disk: the job's
 * end, stored next, does. Returns what `write` returns.
 */
export const asOneStep = <T>(write: () => T): T => leavingSync(write)

/** `inSteps` over rows that are known: `write` gets a few of them at a time. */
export async function rowsInSteps<Row>(
  rows: readonly Row[],
  pace: Pace,
  write: (chunk: readonly Row[]) => void,
  told?: (done: number) => Promise<void>,
): Promise<void> {
  let done = 0
  await inSteps(pace, {
    take: most => (done < rows.length ? rows.slice(done, done + most) : undefined),
    write: chunk => {
      write(chunk)
      return chunk.length
    },
    told: async count => {
      done += count
      await told?.(done)
    },
  })
}

/**
 * Calls `inSteps` for a statement that finds its rows itself. `write` takes at most `most` rows, and returns how many,
 * 0 at the end.
 */
export async function untilNone(pace: Pace, write: (most: number) => number, told?: (rows: number) => Promise<void>) {
  let isOpen = true
  await inSteps(pace, {
    take: most => (isOpen ? most : undefined),
    write: most => {
      const rows = write(most)
      isOpen = rows > 0
      return rows
    },
    ...(told && { told }),
  })
}

/** Interval of progress reports to a job's page (ms): each report is a write. */
const TELL_MS = 500

type Progress = (done: number, total: number) => void

/** `progress` in a turn of its own: the first time, and then where half a second has passed since. */
export function nowAndThen(progress: Progress): (done: number, total: number) => Promise<void> {
  let toldAt: number | undefined
  return async (done, total) => {
    const now = performance.now()
    if (toldAt !== undefined && now - toldAt < TELL_MS) return
    toldAt = now
    await inTurn(() => leavingSync(() => progress(done, total)))
  }
}
