/**
 * Every table. SQLite, STRICT. Names of columns: `…On` a calendar day (text YYYY-MM-DD, Asia/Ho_Chi_Minh), `…At` an
 * instant (integer, ms). `…Cipher` is a sealed value (see keys.server.ts; row id and column are its additional data),
 * `…Hash` a keyed hash for matching.
 * STRICT, triggers and the full-text table are only in the migrations; tests/queries/schema.test.ts compares both.
 */

export * from './schema/accounts.ts'
export * from './schema/awards.ts'
export * from './schema/campaign.ts'
export * from './schema/closing.ts'
export * from './schema/core.ts'
export * from './schema/duties.ts'
export * from './schema/evidence.ts'
export * from './schema/field-work.ts'
export * from './schema/figures.ts'
export * from './schema/help.ts'
export * from './schema/indicators.ts'
export * from './schema/operation.ts'
export * from './schema/papers.ts'
export * from './schema/people.ts'
export * from './schema/reports.ts'
export * from './schema/worklists.ts'
