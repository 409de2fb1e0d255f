import { describe, expect, it } from 'vitest'
import { outboxInput } from '#app/domain/outbox-input.ts'
import { CONSENT_VERSIONS } from '#app/domain/vocabulary.ts'
import { z } from '#app/domain/zod.ts'
import { formOf } from '#app/routes/_web/body.server.ts'
import { readForm, refuseForm } from '#app/routes/_web/form.server.ts'
import { JSON_BODIES, shapesOf } from '#tests/fuzz/heavy-bodies.ts'

const shape = z.object({ login: z.string({ error: 'required' }).max(50, { error: 'too_long' }) })
const LONGEST_MS = 1000

const post = (body: BodyInit, type = 'application/x-www-form-urlencoded') =>
  new Request('http://127.0.0.1/dang-nhap', { method: 'POST', headers: { 'Content-Type': type }, body })

/** 200 or 400 for what is read of a body, as a page's action reads it, and how long that took. */
async function read(request: Request): Promise<{ status: number; ms: number }> {
  const start = performance.now()
  const ended = (status: number) => ({ status, ms: performance.now() - start })
  try {
    return ended(readForm(await formOf(request), shape).status === 'success' ? 200 : 400)
  } catch (thrown) {
    return ended((thrown as Response).status)
  }
}

describe('a form', () => {
  it.each(shapesOf('login').map(body => [body.name, body] as const))('of %s is refused at once', async (_, body) => {
    const { status, ms } = await read(post(body.text(), body.type))
    expect(status).toBe(body.name.startsWith('state') || body.name.startsWith('deep state') ? 200 : 400)
    expect(ms).toBeLessThan(LONGEST_MS)
  })

  it.each(['login[0]', 'login.a', 'a[1000]', 'login[]'])('with the name %s is refused before conform sees it', name => {
    const form = new FormData()
    form.append('login', 'a')
    form.append(name, '1')
    expect(() => readForm(form, shape)).toThrow(expect.objectContaining({ status: 400 }))
  })

  it('is read by the names of its shape; what is named beside it comes back as typed', () => {
    const form = new FormData()
    for (const [name, value] of [
      ['login', 'a'.repeat(51)],
      ['khac', '1'],
      ['beside', '2'],
      ['beside', '3'],
    ] as const)
      form.append(name, value)
    const { data } = refuseForm(readForm(form, shape, ['beside']))
    expect(data.lastResult.initialValue).toEqual({ login: 'a'.repeat(51), beside: ['2', '3'] })
  })

  it('keeps nothing of what conform writes for itself', async () => {
    const form = await formOf(post('__intent__=%7B%7D&__state__=x&login=a'))
    expect([...form.keys()]).toEqual(['login'])
  })

  it('has 600 fields at most, 200 of one name', async () => {
    const fields = (n: number, name: (k: number) => string) =>
      Array.from({ length: n }, (_, k) => `${name(k)}=1`).join('&')
    const readable = (text: string) =>
      formOf(post(text)).then(
        form => [...form].length,
        () => 'refused',
      )
    expect(await readable(fields(600, k => `f${k}`))).toBe(600)
    expect(await readable(fields(601, k => `f${k}`))).toBe('refused')
    expect(await readable(fields(200, () => 'chon'))).toBe(200)
    expect(await readable(fields(201, () => 'chon'))).toBe('refused')
  })

  it('of parts is counted as it comes, wherever its pieces are cut', async () => {
    const form = new FormData()
    for (let n = 0; n < 150; n++) form.append(`f${n}`, `--${n}\r\n`)
    form.append('file', new File(['a'.repeat(9000)], 'tệp.csv'))
    const whole = new Response(form)
    const type = whole.headers.get('Content-Type') ?? ''
    const bytes = new Uint8Array(await whole.arrayBuffer())
    for (const size of [1, 7, 61, 4096]) {
      const pieces = new ReadableStream({
        start(controller) {
          for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.subarray(at, at + size))
          controller.close()
        },
      })
      const init = { method: 'POST', headers: { 'Content-Type': type }, body: pieces, duplex: 'half' }
      const sent = await formOf(new Request('http://127.0.0.1/', init as RequestInit))
      expect([...sent].length).toBe(151)
      expect((sent.get('file') as File).name).toBe('tệp.csv')
    }
  })
})

/** A body of one part with these heads; its contents are `text`. */
const part = (heads: string, text: string) =>
  post(`--g\r\n${heads}\r\n\r\n${text}\r\n--g--\r\n`, 'multipart/form-data; boundary=g')

describe('a body that is read as it arrives', () => {
  it('gives a large file back as it was sent, to its last byte', async () => {
    const bytes = Buffer.from(Array.from({ length: 3_000_001 }, (_, n) => (n * 7) % 251))
    const form = new FormData()
    form.append('file', new File([bytes], 'a "b".csv', { type: 'text/csv' }))
    form.append('after', '1')
    const file = (await formOf(new Request('http://127.0.0.1/', { method: 'POST', body: form }))).get('file') as File
    expect([file.name, file.type, file.size]).toEqual(['a "b".csv', 'text/csv', bytes.length])
    expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true)
  })

  it('keeps a file field in which nothing was chosen as an empty file', async () => {
    const heads = 'Content-Disposition: form-data; name="file"; filename=""\r\nContent-Type: application/octet-stream'
    const file = (await formOf(part(heads, ''))).get('file')
    expect(file instanceof File && file.size).toBe(0)
  })

  it.each([
    [
      'breaks off',
      () => post('--g\r\nContent-Disposition: form-data; name="a"\r\n\r\n1', 'multipart/form-data; boundary=g'),
    ],
    [
      'breaks off in a file',
      () =>
        post(
          '--g\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\n1',
          'multipart/form-data; boundary=g',
        ),
    ],
    ['has no boundary', () => post('--g--', 'multipart/form-data')],
    ['has a part without a name', () => part('Content-Disposition: form-data', '1')],
    ['has a text that is too long', () => part('Content-Disposition: form-data; name="a"', 'ế'.repeat((1 << 20) + 9))],
    [
      'is too long for text alone',
      () => post(Array.from({ length: 5 }, (_, n) => `a${n}=${'a'.repeat(1 << 20)}`).join('&')),
    ],
    ['is of another type', () => post('a=1', 'text/plain')],
  ])('is refused where it %s', async (_, request) => {
    await expect(formOf(request())).rejects.toMatchObject({ status: 400 })
  })
})

describe('JSON of a phone', () => {
  const record = (name: string) => ({
    accountId: 1,
    campaignId: 1,
    entries: [[name, '1']],
    enteredAt: 0,
    sentAt: 0,
    contactAt: null,
    isDayChosen: false,
    consentVersion: CONSENT_VERSIONS[0],
    code: null,
  })

  it('names its fields in plain words', () => {
    for (const name of ['phone', 'outcome_eid_activated_on', 'nguoi-di-cung'])
      expect(outboxInput.safeParse(record(name)).success, name).toBe(true)
    for (const name of ['phone[100000000]', 'a.a', 'a[]'])
      expect(outboxInput.safeParse(record(name)).success, name).toBe(false)
  })

  it.each(JSON_BODIES.map(body => [body.name, body] as const))('%s, is no record', (_, body) => {
    const start = performance.now()
    let json: unknown
    try {
      json = JSON.parse(body.text())
    } catch {
      json = undefined
    }
    expect(outboxInput.safeParse(json).success).toBe(false)
    expect(performance.now() - start).toBeLessThan(LONGEST_MS)
  })
})
