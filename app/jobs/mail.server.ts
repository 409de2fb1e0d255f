import { createTransport, type Transporter } from 'nodemailer'

/**
 * The outgoing mail server and the sender's address. `smtps://`, or `smtp://` for a server with STARTTLS; with user
 * and password.
 */
type MailSettings = { smtpUrl: string; from: string }

/**
 * Returns the mail settings of the environment; undefined if the office has no mail server. Throws if one of the two
 * is missing or unreadable.
 */
export function mailSettings(env: NodeJS.ProcessEnv): MailSettings | undefined {
  const { SMTP_URL: smtpUrl, MAIL_FROM: from } = env
  if (!smtpUrl && !from) return undefined
  if (!smtpUrl || !from) throw new Error('SMTP_URL and MAIL_FROM are set together or not at all.')
  // it may hold a password, so it is not repeated
  if (!/^smtps?:\/\/[^/\s]+\/?$/.test(smtpUrl) || !URL.canParse(smtpUrl))
    throw new Error('SMTP_URL is an address like smtps://user:password@mail.example:465 or smtp://mail.example.')
  if (!/^[^@\s]+@[^@\s]+$|<[^@\s]+@[^@\s]+>$/.test(from.trim()))
    throw new Error(`MAIL_FROM is an address of mail (4phu@mail.example), not ${JSON.stringify(from)}.`)
  return { smtpUrl, from }
}

/** What nodemailer says where a mail did not reach a server that takes it: no connection, no trust, no sign-in. */
const SERVER_CODES = new Set(['ECONNECTION', 'ESOCKET', 'ETLS', 'EAUTH', 'EDNS', 'ETIMEDOUT', 'EPROTOCOL', 'ENOAUTH'])

/** Returns true if the mail server itself failed, not one address, so that every other mail would fail too. */
export function isServerFailure(error: unknown): boolean {
  return error instanceof Error && SERVER_CODES.has(String((error as { code?: unknown }).code))
}

const TIMEOUT_MS = 20_000

/** Mail to this machine leaves no wire to listen on. */
const isHere = (host: string) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host)

/**
 * A connection for several mails, under TLS wherever it leaves this machine; `close` ends it. Each `send` throws where
 * the server refuses the mail, or takes no TLS.
 */
export function openMail({ smtpUrl, from }: MailSettings) {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl)
  const isSecure = protocol === 'smtps:'
  const transport: Transporter = createTransport({
    host: hostname,
    port: Number(port) || (isSecure ? 465 : 587),
    secure: isSecure,
    requireTLS: !isHere(hostname),
    auth: username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : undefined,
    pool: true,
    maxConnections: 2,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  })
  return {
    send: (mail: { to: string; subject: string; text: string }) => transport.sendMail({ from, ...mail }),
    close: () => transport.close(),
  }
}
