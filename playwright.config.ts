import { defineConfig } from '@playwright/test'

const PORT = process.env.E2E_PORT ?? '3187'
/** Journeys that begin with the end of the campaign, and pages of what is there only from then on. */
const AFTER_CLOSE = /(closing|review|stored-script)\.spec\.ts$/
/** Journeys of the rounds, whose candidates other journeys do not expect. */
const ROUNDS = /rounds?\.spec\.ts$/

/**
 * The production build serves the synthetic province from a database file of this run's own. One worker: the journeys
 * share the file. The campaign's clock only moves forward, so what happens after the close is a project of its own that
 * runs when everything else is done; alone: `playwright test --project=after-close --no-deps`. A browser is Playwright's
 * own, or the one that CHROMIUM names.
 */
export default defineConfig({
  testDir: 'tests/e2e',
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  globalSetup: './tests/e2e/province.ts',
  projects: [
    { name: 'campaign', testIgnore: [AFTER_CLOSE, ROUNDS] },
    { name: 'after-close', testMatch: AFTER_CLOSE, dependencies: ['campaign'] },
    { name: 'rounds', testMatch: ROUNDS, dependencies: ['after-close'] },
  ],
  use: {
    actionTimeout: 20_000,
    baseURL: `http://127.0.0.1:${PORT}`,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    launchOptions: {
      executablePath: process.env.CHROMIUM || undefined,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
