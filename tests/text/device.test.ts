import { describe, expect, test } from 'vitest'
import { chromeAddress, describeDevice, zaloPhone } from '#app/text/device.ts'

const ANDROID =
  'Mozilla/5.0 (Linux; Android 12; SM-A125F) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.0.0 Mobile Safari/537.36 Zalo android/12110654 ZaloTheme/light ZaloLanguage/vn'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Zalo iOS/522 ZaloTheme/light ZaloLanguage/vn'
const CHROME =
  'Mozilla/5.0 (Linux; Android 12; SM-A125F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36'

describe('the browser inside Zalo', () => {
  test.each([
    ['on Android', ANDROID, 'android'],
    ['on an iPhone', IPHONE, 'ios'],
    ['is not Chrome', CHROME, null],
    ['is not a missing header', '', null],
  ] as const)('%s', (_, userAgent, phone) => expect(zaloPhone(userAgent)).toBe(phone))

  test.each([
    ['android', 'intent://4phu.binhphuoc.gov.vn/x?den=%2Fho-tro#Intent;scheme=https;package=com.android.chrome;end'],
    ['ios', 'googlechromes://4phu.binhphuoc.gov.vn/x?den=%2Fho-tro'],
  ] as const)('is left for Chrome on %s', (phone, address) =>
    expect(chromeAddress('https://4phu.binhphuoc.gov.vn/x?den=%2Fho-tro', phone)).toBe(address),
  )

  test('is named among the sessions', () => expect(describeDevice(ANDROID)).toBe('Zalo, điện thoại Android'))
})
