import { describe, expect, it } from 'vitest'
import { fitsNode } from '#app/server/node-version.ts'
import { formerPortalNames, readSettings } from '#app/server/settings.ts'

const read = (env: Record<string, string>) => readSettings({ NODE_ENV: 'test', ...env })

const sentenceOf = (env: Record<string, string>) => {
  try {
    read(env)
  } catch (error) {
    return (error as Error).message
  }
}

describe('a setting that cannot be read is named, with what is right', () => {
  it.each([
    ['PORT', 'abc', 'PORT is a whole number from 1 to 65535, not "abc".'],
    ['PORT', '70000', 'PORT is a whole number from 1 to 65535, not "70000".'],
    ['PORT', '-1', 'PORT is a whole number from 1 to 65535, not "-1".'],
    ['PORT', '3000.5', 'PORT is a whole number from 1 to 65535, not "3000.5".'],
    ['HOST', 'http://a', /^HOST is an address of this machine .*, not "http:\/\/a"\.$/],
    ['HOST', 'a b', /^HOST is an address/],
    ['PUBLIC_URL', '4phu.example', /^PUBLIC_URL is the address that users type, .*, not "4phu\.example"\.$/],
    ['PUBLIC_URL', 'ftp://4phu.example', /^PUBLIC_URL is/],
    ['PUBLIC_URL', 'https://4phu.example/app', /^PUBLIC_URL is/],
    ['PUBLIC_URL', 'https://a:b@4phu.example', /^PUBLIC_URL is/],
    ['BACKUP_KEEP', 'x', 'BACKUP_KEEP is a whole number from 0 to 10000, not "x".'],
    ['PROCESSES', 'x', 'PROCESSES is a whole number from 1 to 256, not "x".'],
    ['PROCESSES', '0', 'PROCESSES is a whole number from 1 to 256, not "0".'],
    ['DEMO', 'true', 'DEMO is 0 or 1, not "true".'],
    ['TRUST_PROXY', 'yes', 'TRUST_PROXY is 0 or 1, not "yes".'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL is trace, debug, info, warn, error, fatal or silent, not "loud".'],
    ['SECOND_FACTOR', 'aus', 'SECOND_FACTOR is on or off, not "aus".'],
    ['APP_NOW', 'soon', 'APP_NOW is a date and time (2024-06-12T09:00+07:00), not "soon".'],
    ['SMTP_URL', 'smtp://a', 'SMTP_URL and MAIL_FROM are set together or not at all.'],
    ['OIDC_ISSUER', 'https://a', /^OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are set together/],
  ])('%s=%s', (name, value, sentence) => {
    const said = sentenceOf({ [name]: value })
    if (typeof sentence === 'string') expect(said).toBe(sentence)
    else expect(said).toMatch(sentence)
    expect(said).not.toContain('\n')
  })

  it('mail and the province’s sign-in, whole', () => {
    expect(sentenceOf({ SMTP_URL: 'mail:s3cret', MAIL_FROM: 'a@b.example' })).toMatch(/^SMTP_URL is an address like/)
    expect(sentenceOf({ SMTP_URL: 'mail:s3cret', MAIL_FROM: 'a@b.example' })).not.toContain('s3cret')
    expect(sentenceOf({ SMTP_URL: 'smtp://mail.example', MAIL_FROM: '4 phủ' })).toMatch(/^MAIL_FROM is an address/)
    expect(sentenceOf({ SMTP_URL: 'smtps://u:p%40@mail.example:465', MAIL_FROM: '4 phủ <a@b.example>' })).toBe(
      undefined,
    )
    const oidc = { OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' }
    expect(sentenceOf({ ...oidc, OIDC_ISSUER: 'id.example' })).toMatch(/^OIDC_ISSUER is an https address/)
    expect(sentenceOf({ ...oidc, OIDC_ISSUER: 'http://id.example' })).toMatch(/^OIDC_ISSUER is an https address/)
    expect(sentenceOf({ ...oidc, OIDC_ISSUER: 'https://id.example' })).toBe(undefined)
  })
})

it('names the variables of portals that are read no more', () => {
  expect(
    formerPortalNames({ NODE_ENV: 'test', PORTAL_NATIONAL_ISSUER: 'https://a', PORTAL_PROVINCIAL_ACR: '' }),
  ).toEqual(['PORTAL_NATIONAL_ISSUER'])
})

it('an empty setting counts as left out', () => {
  const names =
    'PORT HOST PUBLIC_URL DATA_DIR BACKUP_DIR BACKUP_KEEP PROCESSES DEMO TRUST_PROXY LOG_LEVEL SECOND_FACTOR APP_NOW SMTP_URL MAIL_FROM OIDC_ISSUER'
  expect(read(Object.fromEntries(names.split(' ').map(name => [name, ''])))).toEqual(read({}))
})

it('the public address has no slash at its end, and an IPv6 host its brackets', () => {
  expect(read({ PUBLIC_URL: 'https://4phu.Example/' }).publicUrl).toBe('https://4phu.example')
  expect(read({ HOST: '::1', PORT: '3010' }).publicUrl).toBe('http://[::1]:3010')
})

it('Node.js fits from 22.12 on', () => {
  const before = process.exitCode
  expect(['22.12.0', '22.23.3', '23.0.0', '24.21.0', '26.10.0'].map(version => fitsNode(version))).not.toContain(false)
  expect(['18.20.4', '20.20.2', '22.11.9'].map(version => fitsNode(version))).toEqual([false, false, false])
  process.exitCode = before
})
