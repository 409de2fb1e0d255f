import { statSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { checkpointWhenDue } from '#app/queries/steps.server.ts'
import { checkpoint, closeDatabase, db, leaveCheckpoints, openDatabase, prepared } from '#db/client.server.ts'
import { dropProvince, makeProvince } from '#tests/make.ts'

beforeEach(() => makeProvince())
afterEach(dropProvince)

const MB = 1024 * 1024
const logBytes = () => statSync(`${db.$client.name}-wal`, { throwIfNoEntry: false })?.size ?? 0

/** Writes blobs of so many bytes in all, a quarter megabyte in each transaction, and removes them again. */
function writeMuch(bytes: number, after: () => void = () => undefined) {
  prepared('create table if not exists filler (id integer primary key, held blob not null) strict').run()
  for (let n = 0; n < bytes / (MB / 4); n++) {
    prepared('insert into filler (held) values (randomblob(?))').run(MB / 4)
    prepared('delete from filler').run()
    after()
  }
}

it('the log of writes starts again from its beginning, and is no larger than what one checkpoint may leave', () => {
  writeMuch(150 * MB)
  expect(logBytes()).toBeLessThan(70 * MB)
  const before = logBytes()
  writeMuch(150 * MB)
  expect(logBytes()).toBeLessThanOrEqual(Math.max(before, 64 * MB))
})

it('where checkpoints are left to the worker, it carries the log into the database', () => {
  leaveCheckpoints()
  writeMuch(60 * MB, checkpoint)
  expect(logBytes()).toBeLessThan(10 * MB)
  checkpointWhenDue()
})

it('the log is gone after a stop', () => {
  writeMuch(5 * MB)
  const file = db.$client.name
  expect(logBytes()).toBeGreaterThan(0)
  closeDatabase()
  expect(statSync(`${file}-wal`, { throwIfNoEntry: false })).toBeUndefined()
  openDatabase(file)
})
