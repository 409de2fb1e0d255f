/** A confirmation of records may be undone so long by who gave it (ms): a slip of the thumb, not a second thought. */
const UNDO_MS = 30_000

/** The instant (ms, real clock) since which an act must have been done to be undone at `at`. */
export const undoneSince = (at: number): number => at - UNDO_MS

/** Records of one act at most, as many as a form takes. */
export const UNDO_MOST = 200
