import { createElement } from 'react'
import { describe, expect, it } from 'vitest'
import { writePage, writeStaticPage } from '#app/ui/page-writer.server.ts'

/** Where a writer to a buffer of fixed size may cut: both of React's sizes, and powers of two around them. */
const BOUNDARIES = [512, 2048, 4096, 16_384]
/** Letters of two, three and four bytes in UTF-8. */
const LETTERS = ['đ', 'ế', '𠀋']

const decode = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes)
const fail = (error: unknown) => {
  throw error
}

/** A page of short texts, as a table has them: a text of its own and one in an attribute, over and over. */
const page = (before: string, text: string, count: number) =>
  createElement(
    'html',
    { lang: 'vi' },
    createElement(
      'body',
      null,
      before,
      Array.from({ length: count }, (_, n) => createElement('option', { key: n, label: text }, text)),
    ),
  )

const Failing = () => fail(new Error('no figures'))

describe('a page as bytes', () => {
  it.each(BOUNDARIES.flatMap(size => LETTERS.map(letter => [letter, size] as const)))(
    'holds every letter whole where %s meets the %i-byte boundary in each alignment',
    async (letter, size) => {
      const bytes = Buffer.byteLength(letter)
      const text = letter.repeat(20)
      for (let shift = 0; shift < bytes; shift++) {
        const before = 'a'.repeat(shift)
        const count = Math.ceil((size * 2) / (text.length * bytes))
        const html = decode(await writePage(page(before, text, count), { onError: fail }))
        expect(html).not.toMatch(/[\0\ufffd]/)
        expect(html.split(`<option label="${text}">${text}</option>`)).toHaveLength(count + 1)
      }
    },
  )

  it('is what the same element is as text, for texts of every length', async () => {
    for (let length = 1; length <= 900; length += 7) {
      const element = page('x'.repeat(length), 'Đợt cao điểm ưu tiên'.slice(0, 3 + (length % 17)), 60)
      const [, body = ''] = /<body>(.*)<\/body>/.exec(decode(await writePage(element, { onError: fail }))) ?? []
      const [, plain = ''] = /<body>(.*)<\/body>/.exec(writeStaticPage(element)) ?? []
      expect(body).toBe(plain)
    }
  })

  it('leaves out U+0000 that a text holds', async () => {
    const element = page('Bình\0 Phước', 'Nguyễn\0', 3)
    for (const html of [decode(await writePage(element, { onError: fail })), writeStaticPage(element)]) {
      expect(html).not.toContain('\0')
      expect(html).toContain('Bình Phước')
      expect(html).toContain('<option label="Nguyễn">Nguyễn</option>')
    }
  })

  it('tells what failed, and rejects where nothing is left to show', async () => {
    const told: unknown[] = []
    await expect(writePage(createElement(Failing), { onError: error => void told.push(error) })).rejects.toThrow(
      'no figures',
    )
    expect(told).toHaveLength(1)
  })
})
