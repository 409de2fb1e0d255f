/** Who signs in the tests of signatures: a root, what is below it, officials of every kind, and how a file comes out. */
import { readSignedFile, type SignedFileReading, type Trust } from '#app/documents/signed-file.ts'
import { type ExpectedSigner, judgeSignature, type SignatureVerdict } from '#app/domain/signed-paper.ts'
import { DAY, ecKeys, type Identity, issue, rsaKeys, STAMPING, unknownCritical } from './authority.ts'
import { PLACES } from './signed-pdf.ts'

const at = (day: string) => Date.parse(`${day}T05:00:00Z`)

/** When the files of the tests are received. */
export const RECEIVED = at('2024-05-10')
/** The cut-off day of plan 128. */
export const ENDS_ON = '2024-07-03'
/** The last day of most certificates: tools that sign by the machine's clock are in time. */
const LATER = at('2049-01-01')

/** The official who should have signed. */
export const NUMBER = '070085001234'
export const OFFICIAL: ExpectedSigner = { name: 'Điểu Thị Ngễnh', hasNumber: number => number === NUMBER }

const person = { from: at('2023-01-01'), to: LATER }
const self = { C: 'VN', CN: 'Điểu Thị Ngễnh', UID: `CCCD:${NUMBER}` }

const root = issue({
  subject: { C: 'VN', O: 'Bo thu', CN: 'Goc thu nghiem' },
  from: at('2015-01-01'),
  to: at('2035-01-01'),
  isIssuer: true,
})
const issuer = issue({
  subject: { C: 'VN', O: 'Nha cap', CN: 'Cap thu nghiem' },
  issuer: root,
  from: at('2020-01-01'),
  to: at('2030-01-01'),
  isIssuer: true,
  pathLength: 0,
})
const lapsedIssuer = issue({
  subject: { C: 'VN', O: 'Nha cap', CN: 'Cap da het han' },
  issuer: root,
  from: at('2018-01-01'),
  to: at('2024-01-01'),
  isIssuer: true,
})
const otherRoot = issue({
  subject: { C: 'VN', CN: 'Goc khac' },
  from: at('2015-01-01'),
  to: at('2035-01-01'),
  isIssuer: true,
})
/** Its certificate calls it no issuer, and yet it issued one. */
const noIssuer = issue({ subject: { CN: 'Khong duoc cap' }, issuer, ...person })
const belowThePath = issue({ subject: { CN: 'Cap qua sau' }, issuer, ...person, isIssuer: true })

export const people = {
  root,
  issuer,
  lapsedIssuer,
  otherRoot,
  noIssuer,
  belowThePath,
  good: issue({ subject: self, issuer, ...person }),
  goodRsa: issue({ subject: self, issuer, keys: rsaKeys(), ...person }),
  directlyBelowRoot: issue({ subject: self, issuer: root, ...person }),
  unnumbered: issue({ subject: { CN: 'ĐIỂU THỊ NGỄNH' }, issuer, ...person }),
  oldCard: issue({ subject: { CN: 'Điểu Thị Ngễnh', UID: 'CMND:285001234' }, issuer, ...person }),
  otherNumber: issue({ subject: { ...self, UID: 'CCCD:070085009999' }, issuer, ...person }),
  otherName: issue({ subject: { CN: 'Nguyễn Văn Hòa' }, issuer, ...person }),
  expired: issue({ subject: self, issuer, from: at('2022-01-01'), to: at('2024-05-01') }),
  early: issue({ subject: self, issuer, from: at('2024-06-01'), to: LATER }),
  endsEarly: issue({ subject: self, issuer, from: at('2023-01-01'), to: at('2024-06-30') }),
  onLastDay: issue({ subject: self, issuer, from: at('2023-01-01'), to: at('2024-07-03') }),
  revoked: issue({ subject: self, issuer, ...person }),
  forServers: issue({ subject: self, issuer, uses: ['1.3.6.1.5.5.7.3.1'], ...person }),
  forKeysOnly: issue({ subject: self, issuer, keyUsage: [2], ...person }),
  forMail: issue({ subject: self, issuer, uses: ['1.3.6.1.5.5.7.3.4'], ...person }),
  isIssuerToo: issue({ subject: self, issuer: root, ...person, isIssuer: true, keyUsage: [0, 1, 5] }),
  weakKey: issue({ subject: self, issuer, keys: rsaKeys(1024), ...person }),
  weakCertificate: issue({ subject: self, issuer, hash: 'sha1', ...person }),
  selfSigned: issue({ subject: self, ...person }),
  ofOtherRoot: issue({ subject: self, issuer: otherRoot, ...person }),
  ofLapsedIssuer: issue({ subject: self, issuer: lapsedIssuer, ...person }),
  ofNoIssuer: issue({ subject: self, issuer: noIssuer, ...person }),
  tooDeep: issue({ subject: self, issuer: belowThePath, ...person }),
  strange: issue({ subject: self, issuer, ...person, extra: [unknownCritical()] }),
  clock: issue({ subject: { CN: 'Dau thoi gian' }, issuer, ...person, uses: [STAMPING], keyUsage: [0] }),
  falseClock: issue({ subject: { CN: 'Dong ho' }, issuer, ...person, keyUsage: [0] }),
} satisfies Record<string, Identity>

/** A certificate with the issuer's name over another key: it looks as if the issuer had made it. */
export const forged = issue({
  subject: self,
  issuer: { ...issuer, keys: ecKeys() },
  ...person,
})

export const TRUST: Trust = { roots: [root.der], lists: [] }

/** Thirty officials of one unit, with numbers of their own. */
export const thirty = (): Identity[] =>
  Array.from({ length: 30 }, (_, n) =>
    issue({
      subject: { CN: `Người thứ ${n + 1}`, UID: `CCCD:0700850010${String(n).padStart(2, '0')}` },
      issuer,
      ...person,
      from: RECEIVED - 100 * DAY,
    }),
  )

/** How a file comes out: a flaw of the whole, or the verdict on each signature. */
export type Outcome = { flaw: string } | { verdicts: SignatureVerdict[] }

/** Checks a file as the product does. */
export function outcomeOf(prepared: Buffer, file: Buffer, trust: Trust = TRUST, receivedAt = RECEIVED): Outcome {
  const reading: SignedFileReading = readSignedFile({ prepared, file, places: PLACES }, trust, receivedAt)
  if (!reading.ok) return { flaw: reading.flaw }
  return { verdicts: reading.signatures.map(({ facts }) => judgeSignature(facts, OFFICIAL, { endsOn: ENDS_ON })) }
}

/** An outcome in words: the file's flaw, or of each signature its flaws, or `taken`. */
export function wordsOf(outcome: Outcome): string {
  if ('flaw' in outcome) return outcome.flaw
  return outcome.verdicts
    .map(({ flaws, isTaken, match }) =>
      flaws.length > 0 ? flaws.join('+') : isTaken ? (match === 'unsure' ? 'taken, unsure who' : 'taken') : 'nothing',
    )
    .join(', ')
}
