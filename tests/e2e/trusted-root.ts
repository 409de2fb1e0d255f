import type { Browser } from '@playwright/test'
import { DAY, type Identity, issue } from '../authority.ts'
import { contextOf, expect, type ON_PHONE, type Page, watch } from './person.ts'

/** The moment at which the test's signers sign (ms). */
export const SIGNED_AT = Date.parse('2024-06-12T05:00:00Z')
const years = { from: SIGNED_AT - 1000 * DAY, to: SIGNED_AT + 2000 * DAY }

/** Makes an authority of a journey's own: a root, an issuer below it, and what issues a certificate for a name. */
export function authorityOf(name: string) {
  const root = issue({ subject: { C: 'VN', CN: `Gốc ${name}` }, ...years, isIssuer: true })
  const issuer = issue({ subject: { C: 'VN', CN: `Cấp ${name}` }, issuer: root, ...years, isIssuer: true })
  const certificateOf = (person: string): Identity => issue({ subject: { CN: person }, issuer, ...years })
  return { rootName: `Gốc ${name}`, root, issuer, certificateOf }
}

/** Chooses a file on the first field for files of a page. */
export const chooseFile = (page: Page, name: string, buffer: Buffer, mimeType: string) =>
  page.locator('input[type=file]').first().setInputFiles({ name, mimeType, buffer })

/**
 * Has one administrator enter the root of an authority and a second one agree. Returns both pages; null where it is
 * trusted already. `look` is called on the page where the root waits.
 */
export async function trustRoot(
  browser: Browser,
  way: typeof ON_PHONE,
  { rootName, root }: ReturnType<typeof authorityOf>,
  look: (page: Page) => Promise<void>,
): Promise<{ first: Page; second: Page } | null> {
  const first = watch(await (await contextOf(browser, 'quantri', way)).newPage())
  await first.goto('/quan-tri/chung-thu-goc')
  if ((await first.getByText(rootName).count()) > 0) return null
  await chooseFile(first, 'goc.cer', root.der, 'application/x-x509-ca-cert')
  await first.getByLabel(/Nguồn/).first().fill('Bài kiểm thử')
  await first.getByRole('button', { name: 'Thêm, chờ quản trị thứ hai' }).click()
  await expect(first.getByText('Chờ quản trị thứ hai đồng ý')).toBeVisible()
  await look(first)
  const second = watch(await (await contextOf(browser, 'quantri2', way)).newPage())
  await second.goto('/quan-tri/chung-thu-goc')
  await second.getByRole('button', { name: 'Đã đối chiếu, đồng ý' }).click()
  await expect(second.getByText('Đang tin cậy').first()).toBeVisible()
  return { first, second }
}
