import { expect, type Page } from '@playwright/test'
import { TextWriter, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js'

/*
 * Follows every link that a person has, as their browser would, and hands over the text of each page and file. Of
 * addresses that differ in their numbers alone, the first few are opened.
 */

/** What was opened: its address, whether it is a file to keep, the words that people read there, and all as sent. */
export type Opened = { path: string; isFile: boolean; name: string; text: string; whole: string }

const EXAMPLES = 3
const LINK = /<(?:a|form|link|iframe)\b[^>]*?\b(?:href|action|src)="(\/[^"#]*)/g
/** What is no page, or would end the session or change something. */
const PASSED_OVER =
  /^\/(assets\/|dang-xuat|x\/|healthz|metrics|bieu-tuong|huong-dan\/.*\.png|ung-dung)|\.(css|js|svg|png|woff2?|ico)$/

const decoded = (html: string) =>
  html
    .replaceAll(/&#x([\da-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** Controls whose value is sent and never shown: the words beside them are read. */
const UNREAD_VALUES = /<(?:option|button)\b[^>]*>|<input\b[^>]*\btype="(?:hidden|radio|checkbox)"[^>]*>/g

/** What people read of a page: without scripts, styles and tags; words of attributes that are shown or read out stay. */
function readableOf(html: string): string {
  const shown = html.replaceAll(/<(script|style)\b[\s\S]*?<\/\1>/g, ' ')
  const attributes = [
    ...shown.replaceAll(UNREAD_VALUES, ' ').matchAll(/\b(?:aria-label|title|placeholder|alt|value|content)="([^"]*)"/g),
  ].map(([, words = '']) => words)
  return decoded([shown.replaceAll(/<[^>]+>/g, ' '), ...attributes].join(' ')).replaceAll(/\s+/g, ' ')
}

/** The words of every part of an office file; indexes into shared words are none. */
async function wordsInside(bytes: Uint8Array): Promise<string> {
  const archive = new ZipReader(new Uint8ArrayReader(bytes))
  const parts = (await archive.getEntries()).filter(
    ({ filename, encrypted }) => !encrypted && /\.(xml|txt|json|csv)$/.test(filename),
  )
  const texts = await Promise.all(parts.map(part => (part.directory ? '' : part.getData(new TextWriter()))))
  await archive.close()
  return decoded(
    texts
      .join('\n')
      .replaceAll(/<c\b[^>]*\bt="s"[^>]*>[\s\S]*?<\/c>/g, ' ')
      .replaceAll(/<[^>]+>/g, ' '),
  )
}

/** The shape of an address: its numbers are any numbers, its parameters any values. */
const shapeOf = (path: string) => path.replaceAll(/\d+/g, '0').replaceAll(/=[^&]*/g, '=')

type Answer = { status: number; type: string; name: string; body: string }

/** Asks for an address as the page's own scripts would: with the session, and no further than this site. */
const ask = (page: Page, path: string): Promise<Answer> =>
  page.evaluate(async address => {
    const answer = await fetch(address)
    const bytes = new Uint8Array(await answer.arrayBuffer())
    let body = ''
    for (let at = 0; at < bytes.length; at += 32_768) body += String.fromCharCode(...bytes.subarray(at, at + 32_768))
    return {
      status: answer.status,
      type: answer.headers.get('Content-Type') ?? '',
      name: answer.headers.get('Content-Disposition') ?? '',
      body: btoa(body),
    }
  }, path)

/** Opens one address; undefined where it is refused. A fault of the server fails. */
async function open(page: Page, path: string): Promise<(Opened & { isPage: boolean }) | undefined> {
  const { status, type, name, body } = await ask(page, path)
  expect(status, `${path}: ${Buffer.from(body, 'base64').toString().slice(0, 300)}`).toBeLessThan(500)
  if (status !== 200) return undefined
  const bytes = new Uint8Array(Buffer.from(body, 'base64'))
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  const whole = (isZip ? await wordsInside(bytes) : new TextDecoder().decode(bytes)).normalize('NFC')
  const isPage = type.startsWith('text/html')
  return { path, isFile: name.startsWith('attachment'), name, text: isPage ? readableOf(whole) : whole, whole, isPage }
}

/** Opens everything that can be reached from `starts`. */
export async function* crawl(page: Page, starts: readonly string[]): AsyncGenerator<Opened> {
  const waiting = [...starts]
  const known = new Set(starts)
  const counts = new Map<string, number>()
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const shape = shapeOf(path)
    const count = (counts.get(shape) ?? 0) + 1
    counts.set(shape, count)
    const opened = count > EXAMPLES ? undefined : await open(page, path)
    if (!opened) continue
    yield opened
    const found = opened.isPage ? [...opened.whole.matchAll(LINK)].map(([, href = '']) => decoded(href)) : []
    const fresh = found.filter(next => !known.has(next) && !PASSED_OVER.test(next))
    for (const next of fresh) known.add(next)
    waiting.push(...new Set(fresh))
  }
}
