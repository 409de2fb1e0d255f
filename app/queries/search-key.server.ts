import { setImmediate } from 'node:timers/promises'
import { foldName } from '#app/domain/name.ts'
import { type FactTx, prepared } from '#db/client.server.ts'
import { writeUnjudged } from './judging/index.server.ts'
import { nameKeys } from './official-columns.server.ts'
import { Pace, rowsInSteps } from './steps.server.ts'

type Text = { id: number; text: string }
type Keys = { folded: string; sorted: string | null }
type Stale = Text & Keys

/**
 * Texts that are searched or sorted by a key stored beside them. `read`: the texts and keys of at most `@most` rows
 * behind `@after`. `write`: sets a row's keys where its text is still the same.
 */
const KEYED: readonly { read: string; write: (tx: FactTx, row: Stale) => void; keysOf: (text: string) => Keys }[] = [
  {
    read: `select id, name as text, name_folded as folded, sort_name as sorted from official
            where id > @after order by id limit @most`,
    write: (tx, row) =>
      tx
        .write('update official set name_folded = @folded, sort_name = @sorted where id = @id and name = @text')
        .run(row),
    keysOf: name => {
      const { nameFolded, sortName } = nameKeys(name)
      return { folded: nameFolded, sorted: sortName }
    },
  },
  {
    read: `select id, name as text, name_folded as folded, null as sorted from unit
            where id > @after order by id limit @most`,
    write: (tx, row) => tx.write('update unit set name_folded = @folded where id = @id and name = @text').run(row),
    keysOf: name => ({ folded: foldName(name), sorted: null }),
  },
  {
    read: `select id, title || ' ' || body || ' ' || coalesce(answer, '') as text, folded, null as sorted
             from difficulty where id > @after order by id limit @most`,
    write: (tx, row) =>
      tx
        .write(
          `update difficulty set folded = @folded
            where id = @id and title || ' ' || body || ' ' || coalesce(answer, '') = @text`,
        )
        .run(row),
    keysOf: text => ({ folded: foldName(text), sorted: null }),
  },
]

/** Rows that are read, and compared, before others get a turn. */
const READ = 500
/** Rows that the first step writes. */
const FIRST = 10

/**
 * Brings stored keys in step with how names are folded now: an earlier version kept others (`Ðoàn` with the Icelandic
 * letter). Reads without holding the writer, and writes what differs in steps. Returns how many rows differed.
 */
export async function renewSearchKeys(): Promise<number> {
  let renewed = 0
  for (const { read, write, keysOf } of KEYED) {
    const pace = new Pace(FIRST)
    let after = 0
    for (;;) {
      const rows = prepared<Text & Keys>(read).all({ after, most: READ })
      const last = rows.at(-1)
      if (!last) break
      after = last.id
      const stale = rows.flatMap(({ id, text, folded, sorted }): Stale[] => {
        const keys = keysOf(text)
        return keys.folded === folded && keys.sorted === sorted ? [] : [{ id, text, ...keys }]
      })
      await rowsInSteps(stale, pace, chunk =>
        writeUnjudged(tx => {
          for (const row of chunk) write(tx, row)
        }),
      )
      renewed += stale.length
      await setImmediate()
    }
  }
  return renewed
}
