import { type ElementHandle, launch, type Page } from 'puppeteer-core'
import { type Browser, LOCATE, waitFor } from './browser.ts'

/** Firefox by WebDriver BiDi, at an address. `file`: where its program is. */
export async function firefox(file: string, origin: string): Promise<Browser> {
  const program = await launch({
    browser: 'firefox',
    executablePath: file,
    headless: true,
    acceptInsecureCerts: true,
  })
  let page: Page | undefined
  const current = () => {
    if (!page) throw new Error('no page is open')
    return page
  }
  // as text: the page's policy forbids the making of functions from text inside it
  const evaluated = (body: string, args: readonly unknown[]) =>
    current().evaluateHandle(`(function () {${body}}).apply(null, ${JSON.stringify(args)})`)
  const find = (wanted: object) =>
    waitFor(
      async () => (await evaluated(LOCATE, [wanted])).asElement() as ElementHandle<Element> | null,
      () => `firefox: there is no ${JSON.stringify(wanted)}`,
    )
  return {
    name: 'firefox',
    open: async path => void (await current().goto(new URL(path, origin).href)),
    click: async wanted => (await find(wanted)).click(),
    type: async (wanted, text) => {
      const field = await find(wanted)
      await field.evaluate(element => (element as HTMLInputElement).select?.())
      await field.type(text)
    },
    run: async <T>(body: string, ...args: unknown[]) => (await evaluated(body, args)).jsonValue() as Promise<T>,
    fresh: async width => {
      const context = await program.createBrowserContext()
      page = await context.newPage()
      await page.setViewport({ width, height: 780 })
    },
    screenshot: async path => void (await current().screenshot({ path: path as `${string}.png` })),
    quit: () => program.close(),
  }
}
