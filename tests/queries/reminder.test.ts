import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Person } from '#app/access/policy.ts'
import type { Reminder } from '#app/domain/reminder.ts'
import { runJob } from '#app/jobs/run.server.ts'
import { findDelivery, setDelivery } from '#app/queries/digest-account.server.ts'
import { walkEventChain } from '#app/queries/event-chain.server.ts'
import { recordHelp } from '#app/queries/help.server.ts'
import { findJob, startDigestOnce, takeJob } from '#app/queries/job.server.ts'
import { listReminders } from '#app/queries/reminder.server.ts'
import { prepared } from '#db/client.server.ts'
import {
  CAMPAIGN,
  confirmNow,
  dropProvince,
  grantTo,
  helpForm,
  makeOfficial,
  makeProvince,
  returnNow,
  system,
  toldBy,
  unitNamed,
} from '#tests/make.ts'

const TODAY = '2024-06-12'

let unitId: number
beforeEach(() => {
  makeProvince()
  unitId = unitNamed('Sở Y tế').id
})
afterEach(() => {
  delete process.env.SMTP_URL
  delete process.env.MAIL_FROM
  dropProvince()
})

const told = (reminders: readonly Reminder[]) => reminders.map(({ kind, count, dueOn }) => [kind, count, dueOn])
const remindersOf = (actor: Person) => told(listReminders(actor, CAMPAIGN, TODAY))

function record({ officialId, actor }: ReturnType<typeof makeOfficial>, n: number): number {
  const made = recordHelp(actor, CAMPAIGN, { officialId, input: helpForm(n) })
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  return made.helpId
}

describe('what waits', () => {
  it('for an official is the pledge, the obligations, the citizens and what was sent back', () => {
    const official = makeOfficial(unitId)
    const head = grantTo(makeOfficial(unitId).actor, 'head', unitId)
    expect(remindersOf(official.actor)).toEqual([
      ['obligations', 4, '2024-07-03'],
      ['citizens', 10, '2024-07-03'],
      ['pledge', 1, null],
    ])
    const [counted = 0, returned = 0] = [record(official, 1), record(official, 2)]
    confirmNow(head, CAMPAIGN, [counted])
    returnNow(head, CAMPAIGN, { helpIds: [returned], reason: 'Thiếu ngày kích hoạt' })
    expect(remindersOf(official.actor).slice(1)).toEqual([
      ['citizens', 9, '2024-07-03'],
      ['pledge', 1, null],
      ['returned', 1, null],
    ])
  })

  it('asks for nothing about a record whose citizen had the account before', () => {
    const official = makeOfficial(unitId)
    const achieved = { value: 'achieved' as const, on: '2024-04-04' }
    const recorded = (n: number, value: 'already_had' | 'not_yet') => {
      const outcomes = {
        vneid_installed: achieved,
        eid_activated: { value, on: null },
        sim_signature: achieved,
      }
      return recordHelp(official.actor, CAMPAIGN, {
        officialId: official.officialId,
        input: helpForm(n, { outcomes }),
      }).ok
    }
    const kinds = () => listReminders(official.actor, CAMPAIGN, TODAY).map(({ kind }) => kind)
    expect(recorded(1, 'already_had')).toBe(true)
    expect(kinds()).not.toContain('to_look_at')
    expect(recorded(2, 'not_yet')).toBe(true)
    expect(kinds()).toContain('to_look_at')
  })

  it('for a unit is told to its head and coordinator, to nobody else', () => {
    const official = makeOfficial(unitId)
    const head = grantTo(makeOfficial(unitId).actor, 'head', unitId)
    const coordinator = grantTo(makeOfficial(unitId).actor, 'coordinator', unitId)
    const elsewhere = grantTo(makeOfficial(unitId).actor, 'head', unitNamed('Sở Xây dựng').id)
    record(official, 1)
    const ofUnits = (actor: Person) =>
      told(listReminders(actor, CAMPAIGN, TODAY).filter(({ unit }) => unit?.id === unitId))
    for (const actor of [head, coordinator])
      expect(ofUnits(actor)).toEqual([
        ['report_overdue', 9, '2024-04-12'],
        ['report', 1, '2024-06-14'],
        ['confirm_help', 1, '2024-07-03'],
        ['idle', 3, '2024-07-03'],
        ['not_signed_in', 4, null],
      ])
    for (const actor of [elsewhere, official.actor]) expect(ofUnits(actor)).toEqual([])
  })

  it('is nothing for an office’s account', () => {
    expect(listReminders({ ...makeOfficial(unitId).actor, officialId: null }, CAMPAIGN, TODAY)).toEqual([])
  })
})

type Mail = { to: string[]; text: string }

/** A mail server that keeps what it gets; `refused`: addresses that it does not take. */
async function withMailServer(refused: readonly string[], work: (mails: Mail[]) => Promise<void>) {
  const mails: Mail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, answer) =>
      answer(refused.includes(address) ? new Error('no such mailbox') : undefined),
    onData(stream, session, answer) {
      const chunks: Buffer[] = []
      stream.on('data', chunk => chunks.push(chunk))
      stream.on('end', () => {
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString('utf8'),
        })
        answer()
      })
    },
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  process.env.SMTP_URL = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  process.env.MAIL_FROM = '4 phủ <4phu@binhphuoc.example>'
  try {
    await work(mails)
  } finally {
    await new Promise<void>(resolve => server.close(() => resolve()))
  }
}

async function sendOn(today: string) {
  startDigestOnce(today, 'https://4phu.example')
  const job = takeJob()
  if (!job) return undefined
  await runJob(job)
  return JSON.parse(findJob(system, job.id)?.result ?? '{}')
}

/** The text of a quoted-printable mail. */
const readable = (mail: Mail | undefined) => {
  const body = (mail?.text ?? '').split('\r\n\r\n').slice(1).join('\r\n\r\n')
  const bytes = body
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

describe('the mail', () => {
  it('goes once a day to whoever wants it, with counts and links only', async () => {
    const wanting = makeOfficial(unitId, { name: 'Trần Thị Mong' })
    const declining = makeOfficial(unitId)
    makeOfficial(unitId)
    setDelivery(wanting.actor, { email: 'mong@binhphuoc.example', wantsDigest: true })
    setDelivery(declining.actor, { email: 'khong@binhphuoc.example', wantsDigest: false })
    record(wanting, 1)
    await withMailServer([], async mails => {
      expect(await sendOn(TODAY)).toEqual({ sent: 1, failed: 0 })
      expect(await sendOn(TODAY)).toBeUndefined()
      expect(mails.map(({ to }) => to)).toEqual([['mong@binhphuoc.example']])
      const text = readable(mails[0])
      expect(text).toContain('Kính gửi anh/chị Trần Thị Mong,')
      expect(text).toContain(
        '- Cần thêm 10 người dân được tính để đủ chỉ tiêu (1 đang chờ đơn vị xác nhận). Hạn 03/7/2024: https://4phu.example/ho-tro/moi',
      )
      expect(text).not.toContain('Điểu Thị Mẫu')
      expect(await sendOn('2024-06-13')).toEqual({ sent: 1, failed: 0 })
      expect(mails).toHaveLength(2)
    })
  })

  it('that a job sends again after a crash reaches nobody twice', async () => {
    const official = makeOfficial(unitId)
    setDelivery(official.actor, { email: 'a@binhphuoc.example', wantsDigest: true })
    await withMailServer([], async mails => {
      startDigestOnce(TODAY, 'https://4phu.example')
      const job = takeJob()
      if (!job) throw new Error('no job')
      await runJob(job)
      await runJob(job)
      expect(mails).toHaveLength(1)
    })
  })

  it('that is refused is counted, and does not keep the others from theirs', async () => {
    for (const name of ['a', 'b', 'c'])
      setDelivery(makeOfficial(unitId).actor, { email: `${name}@binhphuoc.example`, wantsDigest: true })
    await withMailServer(['b@binhphuoc.example'], async mails => {
      expect(await sendOn(TODAY)).toEqual({ sent: 2, failed: 1 })
      expect(mails.flatMap(({ to }) => to)).toEqual(['a@binhphuoc.example', 'c@binhphuoc.example'])
    })
  })

  it('tells an auditor every day how far the event log goes', async () => {
    const { actor } = makeOfficial(unitId)
    grantTo(actor, 'auditor', 1)
    setDelivery(actor, { email: 'kiemtoan@binhphuoc.example', wantsDigest: true })
    await withMailServer([], async mails => {
      await sendOn(TODAY)
      const [head] = /\d+-[\w-]{43}/.exec(readable(mails[0])) ?? []
      expect(walkEventChain(head ?? '?')).toMatchObject({ brokenAt: null, differsAt: null })
    })
  })

  it('leaves this machine under TLS, or not at all', async () => {
    setDelivery(makeOfficial(unitId).actor, { email: 'a@binhphuoc.example', wantsDigest: true })
    await withMailServer([], async mails => {
      // the same server by an address that does not say that it is here
      process.env.SMTP_URL = process.env.SMTP_URL?.replace('127.0.0.1', '0.0.0.0')
      expect(await sendOn(TODAY)).toEqual({ reason: 'mail_server' })
      expect(mails).toEqual([])
    })
  })

  it('of a server that cannot be trusted is an error in the log, and goes when the server can be', async () => {
    const people = ['a', 'b'].map(name => {
      const { actor, accountId } = makeOfficial(unitId)
      setDelivery(actor, { email: `${name}@binhphuoc.example`, wantsDigest: true })
      return accountId
    })
    let said = ''
    vi.spyOn(process.stderr, 'write').mockImplementation(text => {
      said += String(text)
      return true
    })
    // its certificate is its own
    const doubtful = new SMTPServer({ secure: true, authOptional: true })
    doubtful.on('error', () => {})
    await new Promise<void>(resolve => doubtful.listen(0, '127.0.0.1', resolve))
    process.env.SMTP_URL = `smtps://127.0.0.1:${(doubtful.server.address() as AddressInfo).port}`
    process.env.MAIL_FROM = '4 phủ <4phu@binhphuoc.example>'
    expect(await sendOn(TODAY)).toEqual({ reason: 'mail_server' })
    vi.restoreAllMocks()
    const lines = said
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as object)
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 50, mail: 'server', message: expect.stringContaining('certificate') }),
    )
    await new Promise<void>(resolve => doubtful.close(() => resolve()))
    expect(prepared('select count(*) as n from account where digest_on is not null').get()).toEqual({ n: 0 })
    await withMailServer([], async mails => {
      expect(await sendOn(TODAY)).toBeUndefined()
      prepared('update job set finished_at = finished_at - 1800000').run()
      expect(await sendOn(TODAY)).toEqual({ sent: people.length, failed: 0 })
      expect(mails).toHaveLength(people.length)
    })
  })

  it('needs a server: without one nothing is sent or marked', async () => {
    setDelivery(makeOfficial(unitId).actor, { email: 'a@binhphuoc.example', wantsDigest: true })
    expect(await sendOn(TODAY)).toEqual({ sent: 0, failed: 0 })
    expect(prepared('select count(*) as n from account where digest_on is not null').get()).toEqual({ n: 0 })
  })
})

describe('the address', () => {
  it('is sealed, one’s own, and taken back by leaving it empty', () => {
    const { actor } = makeOfficial(unitId)
    setDelivery(actor, { email: 'rieng@binhphuoc.example', wantsDigest: true })
    expect(findDelivery(actor)).toEqual({ email: 'rieng@binhphuoc.example', wantsDigest: true })
    const stored = prepared('select email_cipher as cipher from account where id = ?').get(actor.accountId) as {
      cipher: Buffer
    }
    expect(stored.cipher.toString('latin1')).not.toContain('rieng')
    expect(toldBy("subject = 'account' and verb = 'edit'")).toEqual([{ wantsDigest: true }])
    setDelivery(actor, { email: null, wantsDigest: true })
    expect(findDelivery(actor).email).toBeNull()
  })
})
