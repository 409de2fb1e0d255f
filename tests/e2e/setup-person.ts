import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import { expect, type Page, watch } from './person.ts'
import { MASTER_KEY } from './server-process.ts'

const PASSWORD = 'một câu dễ nhớ'

/** The operator's command on the data in a folder. */
export function commandOn(folder: string) {
  const run = (...args: string[]) =>
    execFileSync(process.execPath, ['build/server/command.js', ...args], {
      env: { ...process.env, DATA_DIR: folder, MASTER_KEY },
      encoding: 'utf8',
    })
  const makeAdmin = (login: string) => run('account:create', login, `Quản trị ${login}`).trim().split(' ').at(-1) ?? ''
  return { run, makeAdmin }
}

/** What one person does in their own browser with which a province is set up. `acts`: of all of them, counted. */
export class SetupPerson {
  static acts = 0

  private constructor(readonly page: Page) {}

  static async in(browser: Browser, code: string): Promise<SetupPerson> {
    const person = new SetupPerson(watch(await (await browser.newContext()).newPage()))
    await person.open('/kich-hoat')
    await person.fill('Mã kích hoạt', code)
    await person.fill(/^Mật khẩu mới/, PASSWORD)
    await person.fill('Nhập lại mật khẩu mới', PASSWORD)
    await person.press('Kích hoạt và đăng nhập')
    await expect(person.page).not.toHaveURL(/kich-hoat/)
    return person
  }

  async open(path: string) {
    SetupPerson.acts += 1
    await this.page.goto(path)
  }

  async fill(label: string | RegExp, text: string) {
    SetupPerson.acts += 1
    await this.page.getByLabel(label).first().fill(text)
  }

  async choose(label: string, text: string | { index: number }) {
    SetupPerson.acts += 1
    const control = this.page.getByRole('combobox', { name: label })
    await control.selectOption(typeof text === 'string' ? { label: text } : text)
  }

  async press(name: string | RegExp) {
    SetupPerson.acts += 1
    await this.page.getByRole('button', { name }).first().click()
  }

  async follow(name: string | RegExp) {
    SetupPerson.acts += 1
    await this.page.getByRole('link', { name }).first().click()
  }

  async tick(name: string | RegExp) {
    SetupPerson.acts += 1
    await this.page.getByRole('checkbox', { name }).check()
  }

  async attach(name: string, bytes: Uint8Array) {
    SetupPerson.acts += 1
    const file = join(mkdtempSync(join(tmpdir(), 'e2e-list-')), name)
    writeFileSync(file, bytes)
    await this.page.locator('input[type=file]').setInputFiles(file)
  }

  /** An office's account with a role at the root; its activation code. */
  async makeAccount(login: string, name: string, role: string): Promise<string> {
    await this.open('/quan-tri/tai-khoan/moi')
    await this.fill('Tên hiển thị', name)
    await this.fill('Tên đăng nhập', login)
    await this.press('Tạo tài khoản')
    const code = (await this.page.locator('code').first().textContent()) ?? ''
    await this.follow('Tiếp tục, cấp vai trò')
    await this.choose('Vai trò', role)
    await this.choose('Tại đơn vị', { index: 1 })
    await this.press(/^Cấp vai trò$/)
    await expect(this.page.locator('body')).toContainText(role)
    return code
  }

  async importList(path: string, file: string, bytes: Uint8Array, apply: RegExp) {
    await this.open(path)
    await this.attach(file, bytes)
    await this.press('Tải lên và xem trước')
    await expect(this.page.getByRole('button', { name: apply })).toBeVisible({ timeout: 60_000 })
    await this.press(apply)
  }
}
