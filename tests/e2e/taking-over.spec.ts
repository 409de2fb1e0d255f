import type { Page } from '@playwright/test'
import { contextOf, expect, query, test } from './person.ts'

const OFFSETS_MS = Array.from({ length: 40 }, (_, n) => n * 12)

/** Opens a page and calls `act` so many ms after its field is there; returns what the page reported as errors. */
async function during(page: Page, address: string, label: string, wait: number): Promise<string[]> {
  const errors: string[] = []
  const note = (error: Error) => errors.push(`${wait} ms: ${error.message}\n${error.stack}`)
  page.on('pageerror', note)
  await page.goto(address, { waitUntil: 'commit' })
  const field = page.getByLabel(label)
  await field.waitFor()
  await page.waitForTimeout(wait)
  await field.fill('Mã cán bộ,Người thực hiện\n1,2')
  await expect
    .poll(() => field.evaluate(node => Object.keys(node).some(key => key.startsWith('__reactProps'))))
    .toBe(true)
  await page.waitForTimeout(200)
  await expect(field).toHaveValue('Mã cán bộ,Người thực hiện\n1,2')
  page.off('pageerror', note)
  return errors
}

test('a table pasted while the script takes the page over stays, and nothing breaks', async ({ browser }) => {
  test.setTimeout(600_000)
  const [unit] = query<{ id: number }>(
    `select p.unit_id as id from account a join posting p on p.official_id = a.official_id and p.to_on is null
      where a.login = 'daumoi'`,
  )
  const context = await contextOf(browser, 'daumoi')
  const page = await context.newPage()
  const protocol = await context.newCDPSession(page)
  await protocol.send('Emulation.setCPUThrottlingRate', { rate: Number(process.env.RATE ?? 6) })
  const errors: string[] = []
  for (const wait of OFFSETS_MS)
    errors.push(
      ...(await during(page, `/don-vi/${unit?.id}/truong-hop/nhap`, 'Hoặc dán bảng từ Excel, Zalo', wait)),
    )
  console.log(errors.length, errors.slice(0, 3).join('\n'))
  expect(errors).toEqual([])
  await context.close()
})
