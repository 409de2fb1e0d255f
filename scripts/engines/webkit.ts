import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { Builder, Capabilities, type WebDriver, type WebElement } from 'selenium-webdriver'
import { type Browser, LOCATE, waitFor } from './browser.ts'

/** Where WebKitGTK's browser draws its window where nobody looks. */
const SCREEN = ':87'

/** WebKitGTK by its own WebDriver, at an address, on a screen of its own. The other names say where programs are. */
export async function webkit(
  { driver, browser, screen, port }: { driver: string; browser: string; screen: string; port: number },
  origin: string,
): Promise<Browser> {
  const drawing: ChildProcess = spawn(screen, [SCREEN, '-screen', '0', '1400x900x24', '-nolisten', 'tcp'], {
    stdio: 'ignore',
  })
  const serving: ChildProcess = spawn(driver, [`--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: SCREEN, WEBKIT_DISABLE_COMPOSITING_MODE: '1' },
  })
  const capabilities = new Capabilities({
    browserName: 'MiniBrowser',
    acceptInsecureCerts: true,
    'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] },
  })
  const begin = () =>
    waitFor(
      () => new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities).build(),
      () => 'webkit: no session begins',
    )
  let session: WebDriver | undefined
  const current = () => {
    if (!session) throw new Error('no page is open')
    return session
  }
  const find = (wanted: object) =>
    waitFor(
      () => current().executeScript<WebElement | null>(LOCATE, wanted),
      () => `webkit: there is no ${JSON.stringify(wanted)}`,
    )
  return {
    name: 'webkit',
    open: path => current().get(new URL(path, origin).href),
    click: async wanted => (await find(wanted)).click(),
    type: async (wanted, text) => {
      const field = await find(wanted)
      await field.clear()
      await field.sendKeys(text)
    },
    run: <T>(body: string, ...args: unknown[]) => current().executeScript<T>(body, ...args),
    fresh: async width => {
      // one session at a time; a new one has no cookies
      await session?.quit()
      session = await begin()
      await session.manage().window().setRect({ width, height: 780 })
    },
    screenshot: async path => writeFileSync(path, await current().takeScreenshot(), 'base64'),
    quit: async () => {
      await session?.quit()
      serving.kill('SIGTERM')
      drawing.kill('SIGTERM')
    },
  }
}
