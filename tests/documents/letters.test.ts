import type { AddressInfo } from 'node:net'
import ExcelJS from 'exceljs'
import { SMTPServer } from 'smtp-server'
import { describe, expect, it } from 'vitest'
import { bodyText, writePaper } from '#app/documents/administrative-paper.ts'
import { writeCalendar } from '#app/documents/calendar-file.ts'
import { writeCsv } from '#app/documents/csv.ts'
import { writeCsvCells } from '#app/documents/csv-cells.ts'
import { sheetOf, writeWorkbook } from '#app/documents/workbook.ts'
import { optionalText, requiredText } from '#app/domain/field.ts'
import { cutText, wholeLetters } from '#app/domain/letters.ts'
import { openZip } from '#app/imports/zip-archive.ts'
import { openMail } from '#app/jobs/mail.server.ts'
import { brokenLettersOf } from '#tests/e2e/letters.ts'

/** Letters of two, three and four bytes, shifted by up to three: each alignment at every boundary of a buffer. */
const ALIGNED = [...'đế𠀋'].flatMap(letter => [0, 1, 2, 3].map(shift => 'a'.repeat(shift) + letter.repeat(300)))
/** Lone halves of a letter, and U+0000, as a broken phone or a hostile request sends them. */
const BROKEN = 'Đợt\0 thử \ud840nghiệm\udc0b'
const MENDED = 'Đợt thử nghiệm'
const HALF = /\p{Cs}/u
const AT = Date.parse('2024-06-12T09:00+07:00')

const TEXTS = [...ALIGNED, BROKEN]
const WHOLE = [...ALIGNED, MENDED]
const decode = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes)

describe('what is cut stays whole letters', () => {
  it('at every length', () => {
    for (let most = 1; most <= 12; most++) {
      const cut = cutText('a𠀋đ𠀋ế𠀋𠀋', most)
      expect(cut).not.toMatch(HALF)
      expect(cut.length).toBeGreaterThanOrEqual(Math.min(most, 11) - 1)
    }
    expect(cutText('𠀋', 2)).toBe('𠀋')
    expect(cutText('Điểu', 3)).toBe('Điể')
  })

  it('and what is typed loses U+0000 and halves', () => {
    expect(wholeLetters(`${BROKEN}𠀋`)).toBe(`${MENDED}𠀋`)
    expect(requiredText(100).parse(BROKEN)).toBe(MENDED)
    expect(optionalText(100).parse(BROKEN)).toBe(MENDED)
    expect(requiredText(100).safeParse('\0').success).toBe(false)
  })
})

/** True for the characters that XML 1.0 allows. */
const isInXml = (code: number) =>
  [0x9, 0xa, 0xd].includes(code) ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code !== 0xfffe && code !== 0xffff)

describe('every letter of a file is whole', () => {
  it('.csv', async () => {
    for (const csv of [
      writeCsv(
        ['Cột'],
        TEXTS.map(text => [text]),
      ),
      writeCsvCells(TEXTS.map(text => [text])),
    ]) {
      const bytes = new Uint8Array(await new Response(csv).arrayBuffer())
      expect(await brokenLettersOf(bytes, 'text/csv')).toEqual([])
      for (const text of WHOLE) expect(decode(bytes)).toContain(text)
    }
  })

  it('.json', async () => {
    const bytes = new Uint8Array(await Response.json(TEXTS).arrayBuffer())
    expect(await brokenLettersOf(bytes, 'application/json')).toEqual([])
    expect(JSON.parse(decode(bytes))).toEqual(TEXTS)
  })

  it('.ics, whose lines are folded', async () => {
    const entries = TEXTS.map((text, n) => ({
      uid: `${n}@4phu`,
      day: '2024-06-12',
      time: '',
      minutes: 0,
      title: text,
      place: `${BROKEN}\u0007`,
    }))
    const bytes = new TextEncoder().encode(writeCalendar(BROKEN, entries, AT))
    expect(await brokenLettersOf(bytes, 'text/calendar')).toEqual([])
    for (const line of decode(bytes).split('\r\n')) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
      expect(line).not.toMatch(HALF)
    }
    const unfolded = decode(bytes).replaceAll('\r\n ', '')
    for (const text of WHOLE) expect(unfolded).toContain(`SUMMARY:${text}\r\n`)
    expect(unfolded).toContain(`LOCATION:${MENDED}\r\n`)
  })

  it('.xlsx, of many rows', async () => {
    const rows = Array.from({ length: 400 }, (_, n) => TEXTS[n % TEXTS.length] ?? '')
    const bytes = await writeWorkbook({
      title: BROKEN,
      campaign: null,
      sheets: [
        sheetOf({
          name: `${'a'.repeat(30)}𠀋`,
          columns: [{ header: BROKEN, width: 30, kind: 'text', value: (row: string) => row }],
          rows,
        }),
      ],
    })
    expect(await brokenLettersOf(bytes, '')).toEqual([])
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load(bytes.slice().buffer)
    const [sheet] = workbook.worksheets
    expect(sheet?.name).toBe('a'.repeat(30))
    expect(sheet?.getCell('A1').value).toBe(MENDED)
    for (const [n] of rows.entries()) expect(sheet?.getCell(n + 3, 1).value).toBe(WHOLE[n % TEXTS.length])
  })

  it('.docx', async () => {
    const bytes = await writePaper(
      'Bình Phước',
      TEXTS.map(text => bodyText(text)),
    )
    expect(await brokenLettersOf(bytes, '')).toEqual([])
  })

  it.each([
    ['a vertical tab, as Word copies a line break', 'Một\u000Bhai', ['Một', 'hai']],
    ['a form feed and a bell', 'Một\u000C hai\u0007 ba', ['Một', ' hai', ' ba']],
    ['an escape and a letter that is none', 'Một\u001B hai\uFFFF', ['Một', ' hai']],
    ['a mark of what was deleted', '\u007FMột\u0001', ['Một']],
  ])('.docx, with control characters: %s', async (_, text, parts) => {
    const bytes = await writePaper('Bình Phước', [bodyText(text)])
    const zip = await openZip(bytes, 10_000_000)
    const xml = String(await zip.read('word/document.xml'))
    expect([...xml].filter(letter => !isInXml(letter.codePointAt(0) ?? 0))).toEqual([])
    for (const part of parts) expect(xml).toContain(part)
  })

  it('mail, its subject too', async () => {
    const mails: string[] = []
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, _session, answer) {
        const chunks: Buffer[] = []
        stream.on('data', chunk => chunks.push(chunk))
        stream.on('end', () => {
          mails.push(Buffer.concat(chunks).toString('latin1'))
          answer()
        })
      },
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.server.address() as AddressInfo
    const mail = openMail({ smtpUrl: `smtp://127.0.0.1:${port}`, from: '4 phủ <a@b.example>' })
    for (const text of WHOLE) await mail.send({ to: 'c@d.example', subject: text, text })
    mail.close()
    await new Promise<void>(resolve => server.close(() => resolve()))
    for (const [n, text] of WHOLE.entries()) expect(lettersOf(mails[n] ?? '')).toEqual({ subject: text, text })
  })
})

/** Subject and text of a mail as sent, every encoded word (RFC 2047) decoded by itself: none may end within a letter. */
function lettersOf(mail: string): { subject: string; text: string } {
  const [head = '', body = ''] = mail.split(/\r\n\r\n(.*)/s)
  const quoted = (words: string) =>
    Buffer.from(
      words.replace(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    )
  const subject = /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(head)?.[1] ?? ''
  const words = [...subject.matchAll(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi)].map(([, kind, word = '']) =>
    decode(kind?.toUpperCase() === 'B' ? Buffer.from(word, 'base64') : quoted(word.replaceAll('_', ' '))),
  )
  const isBase64 = /^Content-Transfer-Encoding: base64/im.test(head)
  const text = isBase64 ? Buffer.from(body, 'base64') : quoted(body.replace(/=\r\n/g, ''))
  return { subject: words.join(''), text: decode(text).trim() }
}
