import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { GAME_GUARDS } from './game-guards.ts'
import { RULE_GUARDS } from './rule-guards.ts'
import { VALUE_GUARDS } from './value-guards.ts'

/**
 * Removes one guard after another from a copy of the tree and demands each time that the tests which are named beside it
 * fail. A guard that can be taken out unnoticed guards nothing. `npm run test:guards`, or with words: the guards whose
 * name or file has one of them.
 */
export type Guard = {
  /** what is taken out */
  name: string
  file: string
  /** is in the file exactly once, or `all` times over */
  find: string
  put: string
  all?: true
  tests: readonly string[]
}

const POLICY = 'app/access/policy.ts'
const SERVER = 'app/server/guard.ts'
const BODY = 'app/routes/_web/body.server.ts'
const BODY_TEST = 'tests/routes/body.test.ts'
const UPLOAD_TEST = 'tests/queries/extract-upload.test.ts'
const RIGHTS_TEST = 'tests/routes/held-rights.test.ts'
const MATRIX_TEST = 'tests/access/matrix.test.ts'
const SERVER_TEST = 'tests/server/guard.test.ts'
const BACKUP_TEST = 'tests/queries/backup.test.ts'
const NIGHTLY_TEST = 'tests/server/nightly.test.ts'

const GUARDS: readonly Guard[] = [
  ...RULE_GUARDS,
  ...GAME_GUARDS,
  ...VALUE_GUARDS,
  {
    name: 'a notice is shown on its own page only',
    file: 'app/text/notice.ts',
    find: "part.endsWith('Id') ? '\\\\d+' : '[^/]+'",
    put: "'[^/]+'",
    tests: ['tests/text/notice.test.ts'],
  },
  {
    name: 'the figure of a notice is a whole number',
    file: 'app/text/notice.ts',
    find: '/^\\d{1,15}$/.test(value) ? [{ name, kind, title, text: text(Number(value)) }] : []',
    put: '[{ name, kind, title, text: text(Number(value)) }]',
    tests: ['tests/text/notice.test.ts'],
  },
  {
    name: 'a content is stored only over the one that it was made from',
    file: 'app/queries/import-batch.server.ts',
    find: 'where id = ? and revision = ? and applied_at is null',
    put: 'where id = ? and ? >= 0 and applied_at is null',
    tests: ['tests/queries/import-holds.test.ts'],
  },
  {
    name: 'a roster is planned before the write',
    file: 'app/queries/roster.server.ts',
    find: 'snapshot(() => planOf(actor, batch, planned))',
    put: 'transact(() => planOf(actor, batch, planned))',
    tests: ['tests/queries/import-holds.test.ts'],
  },
  {
    name: 'a step of a long list looks again after others wrote about people',
    file: 'app/queries/roster-apply.server.ts',
    find: 'const isSame = isUnmoved(mark)',
    put: 'const isSame = mark >= 0',
    tests: ['tests/queries/roster-steps.test.ts'],
  },
  {
    name: 'a long list that is half in is not let go',
    file: 'app/queries/retention.server.ts',
    find: 'length(plan_cipher) > 0 and cursor is null',
    put: 'length(plan_cipher) > 0',
    tests: ['tests/queries/roster-steps.test.ts'],
  },
  {
    name: 'a destruction of keys that was cut off goes on',
    file: 'app/jobs/retention.server.ts',
    find: "  await continueDestructions({ kind: 'system' })\n",
    put: '',
    tests: ['tests/queries/key-destruction.test.ts'],
  },
  {
    name: 'a short step does not lengthen the next',
    file: 'app/queries/steps.server.ts',
    find: 'if (factor > 1 && rows < this.rows) return',
    put: '',
    tests: ['tests/queries/steps.test.ts'],
  },
  {
    name: 'steps are worth their commit on a slow disk',
    file: 'app/queries/steps.server.ts',
    find: 'Math.max(LEAST_WORK_MS, Math.min(AIM_MS, MOST_AIM_MS - commitMs))',
    put: 'Math.min(AIM_MS, MOST_AIM_MS - commitMs)',
    tests: ['tests/queries/steps.test.ts'],
  },
  {
    name: 'a filter misses nobody whom an extract shows',
    file: 'app/queries/shown-filter.server.ts',
    find: 'for (const from of [0, LETTERS]) {',
    put: 'for (const from of [0]) {',
    tests: ['tests/queries/shown-filter.test.ts'],
  },
  {
    name: 'a page carries no U+0000',
    file: 'app/ui/page-writer.server.ts',
    find: 'return page.includes(0) ? page.filter(byte => byte !== 0) : page',
    put: 'return page',
    tests: ['tests/ui/page-writer.test.ts'],
  },
  {
    name: 'a citizen who becomes staff is counted once',
    file: 'app/queries/judging/change.server.ts',
    find: 'withRecordsOf(campaignId, known, late)',
    put: 'known',
    tests: ['tests/queries/people-edges.test.ts'],
  },
  {
    name: 'a raw write of a fact goes through the judging room',
    file: 'app/queries/obligation-evidence.server.ts',
    find: "tx.write('update obligation",
    put: "prepared('update obligation",
    tests: ['tests/fact-writes.test.ts'],
  },
  {
    name: 'an official adds what is missing to their target',
    file: 'app/domain/figures.ts',
    find: 'shortage: shortageOf(target, counted)',
    put: 'shortage: 0',
    tests: ['tests/domain/figures.test.ts'],
  },
  {
    name: 'each outcome is claimed from its own instant on',
    file: 'app/queries/judging/facts.server.ts',
    find: 'told?.claims[mustAchieve] ?? row.claimedAt',
    put: 'row.claimedAt',
    tests: ['tests/queries/rule-edges.test.ts'],
  },
  {
    name: 'a refused act is stopped',
    file: POLICY,
    find: 'if (!can(actor, action, target)) throw',
    put: 'if (actor === null) throw',
    tests: ['tests/queries/stored-file.test.ts'],
  },
  {
    name: 'nobody acts on themself, as an official',
    file: POLICY,
    find: 'exceptOfficialId: row.notSelf ? actor.officialId : null',
    put: 'exceptOfficialId: null',
    tests: [MATRIX_TEST],
  },
  {
    name: 'nobody acts on themself, as an account',
    file: POLICY,
    find: 'exceptAccountId: row.notSelf ? actor.accountId : null',
    put: 'exceptAccountId: null',
    tests: ['tests/queries/grant.test.ts'],
  },
  {
    name: 'a head is decided about from above',
    file: POLICY,
    find: 'isAboveHead: row.aboveHead === true',
    put: 'isAboveHead: false',
    tests: [MATRIX_TEST],
  },
  {
    name: 'armed-forces people are seen from within their own tree',
    file: POLICY,
    find: 'isGuarded: row.persons === true,\n    isAboveHead',
    put: 'isGuarded: false,\n    isAboveHead',
    tests: [MATRIX_TEST],
  },
  {
    name: 'a token does what its scopes name',
    file: POLICY,
    find: 'row.token !== undefined && actor.scopes.includes(row.token)',
    put: 'row.token !== undefined',
    tests: ['tests/queries/api.test.ts'],
  },
  {
    name: 'a subtree ends at a slash',
    file: 'app/access/scope.server.ts',
    find: '`${path.slice(0, -1)}0`',
    put: '`${path.slice(0, -1)}:`',
    all: true,
    tests: ['tests/access/subtree.test.ts'],
  },
  {
    name: 'a disabled account’s session opens nothing',
    file: 'app/access/session.server.ts',
    find: 'row.disabledAt !== null',
    put: 'false',
    tests: ['tests/access/session.test.ts'],
  },
  {
    name: 'a disabled account is nobody',
    file: 'app/queries/account.server.ts',
    find: "where id = ? and disabled_at is null'",
    put: "where id = ?'",
    tests: ['tests/access/session.test.ts'],
  },
  {
    name: 'a session’s id is stored as a hash',
    file: 'app/access/session.server.ts',
    find: "createHash('sha256').update(sessionId).digest('base64url')",
    put: '(createHash, sessionId)',
    tests: ['tests/access/session.test.ts'],
  },
  {
    name: 'the session’s cookie travels over TLS',
    file: 'app/access/session.server.ts',
    find: 'secure: true',
    put: 'secure: false',
    tests: ['tests/access/session.test.ts'],
  },
  {
    name: 'a sign-in leads to no other site',
    file: 'app/routes/sign-in/session-start.server.ts',
    find: "origin === OWN && !pathname.startsWith('//')",
    put: 'origin === OWN',
    tests: ['tests/access/session.test.ts'],
  },
  {
    name: 'what a browser drops out of an address leads nowhere',
    file: 'app/routes/sign-in/session-start.server.ts',
    find: '/[\\0-\\x1f\\x7f\\\\]/.test(path)',
    put: "path === 'nowhere'",
    tests: ['tests/access/session.test.ts'],
  },
  {
    name: 'a path in a field’s name is not followed',
    file: BODY,
    find: 'if (/[[\\].]/.test(name)) throw',
    put: "if (name === '[') throw",
    tests: [BODY_TEST],
  },
  {
    name: 'only fields of the form’s shape are read',
    file: BODY,
    find: 'if (names.has(name)) kept',
    put: 'kept',
    tests: [BODY_TEST],
  },
  {
    name: 'a form has so many fields and no more',
    file: BODY,
    find: 'fields > MOST_FIELDS || ',
    put: 'fields > 100 * MOST_FIELDS || ',
    tests: [BODY_TEST],
  },
  {
    name: 'a form has so many fields of one name',
    file: BODY,
    find: 'time > MOST_OF_ONE_NAME',
    put: 'time > 100 * MOST_OF_ONE_NAME',
    tests: [BODY_TEST],
  },
  {
    name: 'a form of text alone has so many bytes',
    file: BODY,
    find: ' && size <= LARGEST_PLAIN',
    put: '',
    tests: [BODY_TEST],
  },
  {
    name: 'a text that was cut off is refused',
    file: BODY,
    find: 'name === undefined || isValueCut',
    put: 'name === undefined',
    tests: [BODY_TEST],
  },
  {
    name: 'an extract is sealed in pieces',
    file: 'app/queries/extract-file.server.ts',
    find: 'const PIECE_BYTES = 1 << 20',
    put: 'const PIECE_BYTES = 1 << 29',
    tests: [UPLOAD_TEST],
  },
  {
    name: 'a file sealed with a renewed key is sealed again',
    file: 'app/queries/extract-file.server.ts',
    find: 'if (!isSealingKey({ campaignId }, keyId)) throw new StaleSeal()',
    put: 'void [isSealingKey, campaignId, keyId]',
    tests: [UPLOAD_TEST],
  },
  {
    name: 'what conform writes for itself is not taken from outside',
    file: BODY,
    find: 'for (const name of RESERVED) form.delete(name)',
    put: '',
    tests: [BODY_TEST],
  },
  {
    name: 'a phone’s fields are plain words',
    file: 'app/domain/outbox-input.ts',
    find: '  .regex(/^[\\w-]+$/)',
    put: '',
    tests: [BODY_TEST],
  },
  {
    name: 'rights are asked before a body is read',
    file: 'app/routes/_web/visit.server.ts',
    find: 'permitPosting(actor, url.pathname)',
    put: 'void actor',
    tests: [RIGHTS_TEST],
  },
  {
    name: 'a visit is looked up again after its body',
    file: 'app/routes/_web/visit.server.ts',
    find: 'const visit = await requireVisit(request, findVisit(request, context))\n    const result = await whileHolding(visit, () =>\n      retryBusy',
    put: 'const visit = await requireVisit(request, lookUp(request, context))\n    const result = await whileHolding(visit, () =>\n      retryBusy',
    tests: [RIGHTS_TEST],
  },
  {
    name: 'rights are asked again inside a transaction',
    file: 'db/client.server.ts',
    find: 'heldRights.getStore()?.()',
    put: '',
    tests: [RIGHTS_TEST],
  },
  {
    name: 'a network of IPv6 is one count',
    file: 'app/access/network.ts',
    find: "groups.slice(0, 4).join(':')",
    put: "groups.join(':')",
    tests: ['tests/access/network.test.ts'],
  },
  {
    name: 'an account is one count, by code and by phone',
    file: 'app/queries/account.server.ts',
    find: 'accountId === undefined ? loginKey(login) : `account ${accountId}`',
    put: 'loginKey(login)',
    tests: ['tests/queries/sign-in.test.ts'],
  },
  {
    name: 'what a network may try ends somewhere',
    file: 'app/queries/sign-in-limit.server.ts',
    find: 'countMembers(SIGNED_IN_FROM, network, MOST_ACCOUNTS)',
    put: 'countMembers(SIGNED_IN_FROM, network, 100 * MOST_ACCOUNTS)',
    tests: ['tests/queries/sign-in.test.ts'],
  },
  {
    name: 'a right code is looked at before its limit',
    file: 'app/queries/sign-in-limit.server.ts',
    find: 'if (found !== undefined) return { waitMs: 0, found }',
    put: '',
    tests: ['tests/queries/sign-in.test.ts'],
  },
  {
    name: 'answers are kept by nobody unless they say so',
    file: SERVER,
    find: "if (!isSaid) response.setHeader('Cache-Control', 'no-store')",
    put: '',
    tests: [SERVER_TEST],
  },
  {
    name: 'a verb that no route has goes no further',
    file: SERVER,
    find: 'if (VERBS.has(request.method)) return next()',
    put: 'if (VERBS.size > 0) return next()',
    tests: [SERVER_TEST],
  },
  {
    name: 'an activation code is used once',
    file: 'app/queries/account.server.ts',
    find: 'isNull(activationCode.usedAt),\n        gte(',
    put: 'gte(',
    tests: ['tests/access/credential.test.ts'],
  },
  {
    name: 'an activation code runs out',
    file: 'app/queries/account.server.ts',
    find: 'gte(activationCode.expiresAt, Date.now()),',
    put: '',
    tests: ['tests/access/credential.test.ts'],
  },
  {
    name: 'a PIN is tried five times',
    file: 'app/queries/remembered-device.server.ts',
    find: '${rememberedDevice.misses} + 1',
    put: '${rememberedDevice.misses} + 0',
    tests: ['tests/queries/remembered-device.test.ts'],
  },
  {
    name: 'a citizen’s code is answered once, and within its time',
    file: 'app/queries/citizen-answer.server.ts',
    find: "if (found?.state !== 'open') return",
    put: "if (!found || found.state === 'unbound') return",
    tests: ['tests/queries/citizen.test.ts'],
  },
  {
    name: 'a refusal is answered by its status, and is no failure',
    file: 'app/server/failures.ts',
    find: 'cause instanceof Refusal ? answerOf(cause) : cause',
    put: 'cause',
    tests: ['tests/routes/refusal.test.ts'],
  },
  {
    name: 'sealed values open in their own row and column',
    file: 'db/keys.server.ts',
    find: '.setAAD(Buffer.from(additional))',
    put: '.setAAD(Buffer.from(additional.slice(0, 0)))',
    all: true,
    tests: ['tests/access/sealed-value.test.ts'],
  },
  {
    name: 'a job that kills its worker is given up',
    file: 'app/queries/job.server.ts',
    find: 'gte(job.attempts, MOST_ATTEMPTS)',
    put: 'gte(job.attempts, MOST_ATTEMPTS + 99)',
    tests: ['tests/jobs/worker-death.test.ts'],
  },
  {
    name: 'nothing expires by a clock that the event log does not bear out',
    file: 'app/jobs/retention.server.ts',
    find: 'if (!isClockTrusted(at)) return sayDoubtful()',
    put: '',
    tests: ['tests/jobs/clock.test.ts'],
  },
  {
    name: 'a step used by a clock ahead bars nobody',
    file: 'app/access/totp.server.ts',
    find: ' || lastStep > present + STEPS_OFF',
    put: '',
    tests: ['tests/queries/second-factor.test.ts'],
  },
  {
    name: 'a mail that reached no server goes later',
    file: 'app/jobs/digest.server.ts',
    find: 'await retryBusy(() => giveBackDigest(accountId, today))',
    put: '',
    tests: ['tests/queries/reminder.test.ts'],
  },
  {
    name: 'assets of the last builds are kept for a week',
    file: 'app/server/assets.ts',
    find: 'at - mtimeMs > KEPT_MS',
    put: 'true',
    tests: ['tests/server/assets.test.ts'],
  },
  {
    name: 'a write comes from a page of ours',
    file: SERVER,
    find: 'if (isOwn) return next()',
    put: 'if (isOwn || request.path !== null) return next()',
    tests: [SERVER_TEST],
  },
  {
    name: 'a large body is refused before it is read',
    file: SERVER,
    find: "if (Number(request.get('Content-Length') ?? 0) > limit)",
    put: 'if (limit < 0)',
    tests: [SERVER_TEST],
  },
  {
    name: 'a body without a length is cut off',
    file: SERVER,
    find: 'if (received <= bound) return',
    put: 'if (received >= 0) return',
    tests: [SERVER_TEST],
  },
  {
    name: 'no script without the nonce',
    file: SERVER,
    find: '"\'self\'",\n          ({ url }',
    put: '"\'self\'",\n          "\'unsafe-inline\'",\n          ({ url }',
    tests: [SERVER_TEST],
  },
  {
    name: 'pages stand in nobody’s frame',
    file: SERVER,
    find: "[isEmbeddable ? '*' : \"'none'\"]",
    put: "['*']",
    tests: [SERVER_TEST],
  },
  {
    name: 'kinds of content are not guessed',
    file: SERVER,
    find: "referrerPolicy: { policy: 'same-origin' }",
    put: "xContentTypeOptions: false, referrerPolicy: { policy: 'same-origin' }",
    tests: [SERVER_TEST],
  },
  {
    name: 'a text is no formula, in the interface’s CSV',
    file: 'app/documents/csv.ts',
    find: "/^[=+\\-@\\t\\r]/.test(whole) ? `'${whole}` : whole",
    put: 'cell',
    tests: ['tests/documents/openapi.test.ts'],
  },
  {
    name: 'an archive is refused by the size that it unpacks to',
    file: 'app/imports/zip-archive.ts',
    find: 'if (unpacked > maxUnpacked)',
    put: 'if (unpacked < 0)',
    tests: ['tests/imports/workbook.test.ts'],
  },
  {
    name: 'XML brings no entities of its own',
    file: 'app/imports/xml-events.ts',
    find: "throw new SyntaxError('document type declarations are refused')",
    put: 'return',
    tests: ['tests/imports/workbook.test.ts'],
  },
  {
    name: 'public figures are rounded',
    file: 'app/domain/disclosure/steps.ts',
    find: 'return Math.floor((count + phase) / step) * step',
    put: 'return step > 0 ? count + phase : 0',
    tests: ['tests/domain/disclosure.test.ts'],
  },
  {
    name: 'a minimum and a rounding step are a cell’s own',
    file: 'app/domain/disclosure/steps.ts',
    find: 'const drawn = draw(cell) % spread',
    put: 'const drawn = (draw(cell) % spread) * 0',
    tests: ['tests/domain/disclosure.test.ts'],
  },
  {
    name: 'what is withheld cannot be subtracted out',
    file: 'app/domain/disclosure/rules.ts',
    find: 'if (rules.hasComplement)',
    put: 'if (rules.minimum < 0)',
    tests: ['tests/domain/disclosure.test.ts'],
  },
  {
    name: 'a public number without another possible value is withheld',
    file: 'app/domain/disclosure/rules.ts',
    find: 'if (unsafe.length === 0) return published',
    put: 'if (unsafe.length >= 0) return published',
    tests: ['tests/domain/disclosure.test.ts'],
  },
  {
    name: 'a fall gives growth up around itself only',
    file: 'app/domain/disclosure/bounds.ts',
    find: 'growthOf(days, names, fallen) : []',
    put: 'growthOf(days, names, fallen).slice(fallen.size > 0 ? days.length : 0) : []',
    tests: ['tests/domain/disclosure.test.ts'],
  },
  {
    name: 'no subtraction of units’ results leaves one to four people',
    file: 'app/domain/disclosure/groups.ts',
    find: 'while (told.length > 0 && left() > 0 && left() < FEWEST) told.shift()',
    put: '',
    tests: ['tests/domain/disclosure-groups.test.ts'],
  },
  {
    name: 'a role’s account is bound by its own session',
    file: 'app/queries/account.server.ts',
    find: "&& grantsOf(accountId, campaignToday()).length > 0) return 'unsure'",
    put: "&& accountId < 0) return 'unsure'",
    tests: ['tests/routes/provider-sign-in.test.ts'],
  },
  {
    name: 'only a configured value spares the second factor',
    file: 'app/access/provider.server.ts',
    find: "(typeof acr === 'string' && factorAcr.includes(acr))",
    put: "(typeof acr === 'string' && factorAcr.some(value => value.includes(acr)))",
    tests: ['tests/routes/provider-sign-in.test.ts'],
  },
  {
    name: 'a changed event breaks the chain',
    file: 'app/queries/event-chain.server.ts',
    find: ' || eventHash(row) !== row.hash',
    put: '',
    tests: ['tests/queries/event-chain.test.ts'],
  },
  {
    name: 'an upload keeps nothing that it does not show',
    file: 'app/documents/stripped-file.ts',
    find: 'for (const key of DROPPED_KEYS) dict.delete(PDFName.of(key))',
    put: '',
    tests: ['tests/documents/stripped-file.test.ts'],
  },
  {
    name: 'an applied migration is its file, by hash',
    file: 'db/schema-version.server.ts',
    find: 'if (own?.hash === hash) continue',
    put: 'if (own) continue',
    tests: ['tests/queries/migration.test.ts'],
  },
  {
    name: 'a migration is tried on a copy first',
    file: 'db/migration.server.ts',
    find: 'if (pending.length > 0) rehearse(client.name, pending)',
    put: 'if (pending.length < 0) rehearse(client.name, pending)',
    tests: ['tests/queries/migration.test.ts'],
  },
  {
    name: 'a start under another master key is refused',
    file: 'app/server/database.ts',
    find: 'isKeyOpen ? undefined : refusalOfKey(db.$client)',
    put: 'isKeyOpen ? refusalOfKey(db.$client) : undefined',
    tests: ['tests/server/province-file.test.ts'],
  },
  {
    name: 'a file under another master key is refused',
    file: 'db/province-file.server.ts',
    find: 'return refusalOfKey(client)',
    put: 'return undefined',
    tests: ['tests/server/province-file.test.ts'],
  },
  {
    name: 'files are for their own user alone',
    file: 'app/server/private-files.ts',
    find: 'process.umask(OTHERS)',
    put: 'process.umask()',
    tests: ['tests/server/province-file.test.ts'],
  },
  {
    name: 'a backup has its name only where nothing was found wrong in it',
    file: 'db/backup.server.ts',
    find: 'const named = problem === null ? file : `${file}${DOUBTFUL}`',
    put: 'const named = file',
    tests: [BACKUP_TEST],
  },
  {
    name: 'backups that were never looked through push no good one out',
    file: 'db/backup.server.ts',
    find: 'names.filter(name => isLookedThrough(join(folder, name)))[keep - 1]',
    put: 'names[keep - 1]',
    tests: [BACKUP_TEST],
  },
  {
    name: 'only a backup that was looked through counts as the newest',
    file: 'db/backup.server.ts',
    find: 'if (lookedThroughAt !== undefined && madeAt <= now)',
    put: 'if (madeAt <= now || lookedThroughAt === undefined)',
    tests: ['tests/queries/go-live.test.ts'],
  },
  {
    name: 'a failed backup is rested from',
    file: 'app/domain/backup.ts',
    find: 'now - lastFailedAt < BACK_OFF_MS',
    put: 'now - lastFailedAt < 0',
    tests: ['tests/domain/backup.test.ts'],
  },
  {
    name: 'a clock that was ahead holds no backup up',
    file: 'app/domain/backup.ts',
    find: ' || lastOkAt > now',
    put: '',
    tests: ['tests/domain/backup.test.ts'],
  },
  {
    name: 'one process at a time makes a backup',
    file: 'db/backup-state.server.ts',
    find: 'if (!letGo) return undefined',
    put: '',
    tests: [NIGHTLY_TEST],
  },
  {
    name: 'what a killed backup left is removed',
    file: 'app/server/backup.ts',
    find: '    removeCutShort(backups.folder)\n    const { file',
    put: '    const { file',
    tests: [NIGHTLY_TEST],
  },
  {
    name: 'a file without a note is restored only after it was looked through whole',
    file: 'app/server/backup.ts',
    find: 'if (!finding) return use(copy)',
    put: 'return use(copy)',
    tests: [BACKUP_TEST],
  },
  {
    name: 'two volumes of one disk are one disk',
    file: 'db/disk.server.ts',
    find: 'return !disks.some(disk => others.includes(disk))',
    put: 'return disks !== others',
    tests: ['tests/server/disk.test.ts'],
  },
  {
    name: 'the tables of Litestream stop no migration',
    file: 'db/schema-version.server.ts',
    find: " and name not like '\\\\_litestream\\\\_%' escape '\\\\'",
    put: '',
    tests: ['tests/queries/migration.test.ts'],
  },
  {
    name: 'the write-ahead log is cut back',
    file: 'db/client.server.ts',
    find: '  client.pragma(`journal_size_limit = ${LOG_BYTES}`)\n',
    put: '',
    tests: [NIGHTLY_TEST],
  },
  {
    name: 'a fresh database does not lie in its log alone',
    file: 'app/server/database.ts',
    find: 'if (isFounded) shortenLog(settings.databaseFile)',
    put: '',
    tests: [NIGHTLY_TEST],
  },
]

/** What a run of tests came to; `isSound`: every test file could be loaded and has tests. */
type Outcome = { failed: number; isSound: boolean; firstFailure: string }

const COPIED = ['app', 'db', 'tests', 'public', 'package.json', 'tsconfig.json', 'vite.config.ts']
/** For a busy machine (ms); alone, a run takes a few seconds. */
const LONGEST_MS = 600_000
/** For all their tests at once. */
const LONGEST_WHOLE_MS = 3_600_000

function copyTree(): string {
  const folder = mkdtempSync(join(tmpdir(), 'guards-'))
  for (const name of COPIED) if (existsSync(name)) cpSync(name, join(folder, name), { recursive: true })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  return folder
}

function runTests(folder: string, tests: readonly string[], longestMs = LONGEST_MS): Outcome {
  const report = join(folder, 'report.json')
  rmSync(report, { force: true })
  const command = ['node_modules/vitest/vitest.mjs', 'run', ...tests, '--reporter=json', `--outputFile=${report}`]
  const run = spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8', timeout: longestMs })
  if (!existsSync(report))
    return {
      failed: 0,
      isSound: false,
      firstFailure: `no report (${run.signal ?? run.status}) ${run.stderr.slice(-500)}`,
    }
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { message: string; assertionResults: { status: string; fullName: string }[] }[]
  }
  const all = testResults.flatMap(({ assertionResults }) => assertionResults)
  const failures = all.filter(({ status }) => status === 'failed')
  return {
    failed: failures.length,
    isSound: testResults.every(({ assertionResults }) => assertionResults.length > 0),
    firstFailure: failures[0]?.fullName ?? testResults.map(({ message }) => message).join(' '),
  }
}

/** Removes the guard, runs its tests, puts it back. Undefined: caught; else why not. */
function whyUncaught(folder: string, guard: Guard): string | undefined {
  const file = join(folder, guard.file)
  const source = readFileSync(file, 'utf8')
  const times = source.split(guard.find).length - 1
  if (times === 0 || (times > 1 && !guard.all)) return `it stands there ${times} times as written down here`
  writeFileSync(
    file,
    source.replaceAll(guard.find, () => guard.put),
  )
  try {
    const { failed, isSound, firstFailure } = runTests(folder, guard.tests)
    if (!isSound) return `its tests did not run: ${firstFailure}`
    if (failed === 0) return `no test of ${guard.tests.join(', ')} failed`
    process.stdout.write(`caught: ${guard.name}, by “${firstFailure}”\n`)
    return undefined
  } finally {
    writeFileSync(file, source)
  }
}

const words = process.argv.slice(2)
const chosen = GUARDS.filter(
  ({ name, file }) => words.length === 0 || words.some(word => `${name} ${file}`.includes(word)),
)
const folder = copyTree()
try {
  const whole = runTests(folder, [...new Set(chosen.flatMap(({ tests }) => tests))], LONGEST_WHOLE_MS)
  if (!whole.isSound || whole.failed > 0) throw new Error(`with every guard in its place: ${whole.firstFailure}`)
  let uncaught = 0
  for (const guard of chosen) {
    const why = whyUncaught(folder, guard)
    if (why === undefined) continue
    uncaught += 1
    process.stdout.write(`NOT CAUGHT: ${guard.name} (${guard.file}): ${why}\n`)
  }
  process.stdout.write(`${chosen.length} guards removed, ${chosen.length - uncaught} caught\n`)
  if (uncaught > 0 || chosen.length === 0) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
