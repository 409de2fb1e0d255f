import { contextOf, expect, expectSound, query, takenOver, test, watch } from './person.ts'

const LABEL = 'Hoặc dán bảng từ Excel, Zalo'

/** Between two letters that are typed while the page is loaded (ms). */
const PACE_MS = 8

declare global {
  interface Window {
    typed: string
    /** letters that were typed before React had the field */
    early: number
  }
}

// the slower the data is read, the more letters come while it is decoded
for (const wait of [0, 150, 400])
  test(`what is typed while the script takes a page over stays, and nothing breaks: data ${wait} ms late`, async ({
    browser,
  }) => {
    const [unit] = query<{ id: number }>(
      `select p.unit_id as id from account a join posting p on p.official_id = a.official_id and p.to_on is null
        where a.login = 'daumoi'`,
    )
    const context = await contextOf(browser, 'daumoi')
    const page = watch(await context.newPage())
    const protocol = await context.newCDPSession(page)
    await protocol.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    await page.addInitScript(
      ({ wait, pace }) => {
        const { read } = ReadableStreamDefaultReader.prototype
        ReadableStreamDefaultReader.prototype.read = async function () {
          const piece = await read.call(this)
          await new Promise(resolve => setTimeout(resolve, wait))
          return piece
        }
        window.typed = ''
        window.early = 0
        const typing = setInterval(() => {
          const field = document.querySelector('textarea')
          if (!field) return
          const isTaken = Object.keys(field).some(key => key.startsWith('__reactProps'))
          if (isTaken && window.typed.length > window.early + 20) return clearInterval(typing)
          if (document.activeElement !== field) field.focus()
          const letter = 'abcdefghij'.charAt(window.typed.length % 10)
          window.typed += letter
          if (!isTaken) window.early += 1
          document.execCommand('insertText', false, letter)
        }, pace)
      },
      { wait, pace: PACE_MS },
    )
    await page.goto(`/don-vi/${unit?.id}/truong-hop/nhap`)
    const field = page.getByLabel(LABEL)
    await takenOver(field)
    await expect.poll(() => page.evaluate(() => window.typed.length > window.early + 20)).toBe(true)
    if (wait > 0) expect(await page.evaluate(() => window.early)).toBeGreaterThan(0)
    await expect(field).toHaveValue(await page.evaluate(() => window.typed))
    await expectSound(page)
    await context.close()
  })
