import type { Guard } from './guard.ts'

const REVISIONS = 'app/documents/signed-revisions.ts'
const OBJECTS = 'app/documents/pdf-objects.ts'
const CHAIN = 'app/documents/certificate-chain.ts'
const MESSAGE = 'app/documents/signature-message.ts'
const FILE_TEST = 'tests/documents/signed-file.test.ts'
const PROOF = 'app/domain/signature-proof.ts'
const PROOF_TEST = 'tests/domain/signature-proof.test.ts'
const ACT_TEST = 'tests/routes/signature-proof.test.ts'
const AGAIN = 'app/queries/signature-again.server.ts'
const PLEDGE_TEST = 'tests/routes/signed-pledge.test.ts'

/** The guards of what a signed file may add, and of whose signature is taken. */
export const SIGNATURE_GUARDS: readonly Guard[] = [
  {
    name: 'a signed file begins with the prepared bytes',
    file: REVISIONS,
    find: '!bytes.subarray(0, prepared.length).equals(prepared)',
    put: 'false',
    tests: [FILE_TEST],
  },
  {
    name: 'a signature covers all before it',
    file: REVISIONS,
    find: 'length === contents.start &&',
    put: 'length !== undefined &&',
    tests: [FILE_TEST],
  },
  {
    name: 'a signature covers its update to the end',
    file: REVISIONS,
    find: 'isBlank(this.#bytes.subarray(second + rest, update.end))',
    put: 'true',
    tests: [FILE_TEST],
  },
  {
    name: 'a signed page stays as it was',
    file: REVISIONS,
    find: "this.#checkSame(was, is, ['Annots'], 'a page')",
    put: '',
    tests: [FILE_TEST],
  },
  {
    name: 'a signed file brings no object of no use',
    file: REVISIONS,
    find: 'if (!known.has(number)) changed(`an object of no use: ${number}`)',
    put: '',
    tests: [FILE_TEST],
  },
  {
    name: 'only what hangs together with signatures is written again',
    file: REVISIONS,
    find: 'isAgain ? !this.#isRewritable(number, before, catalogBefore)',
    put: 'isAgain ? false',
    tests: [FILE_TEST],
  },
  {
    name: 'a mark lies in its place',
    file: REVISIONS,
    find: "if (!isKept) throw new Refused('outside_place', 'outside')",
    put: '',
    tests: [FILE_TEST],
  },
  {
    name: 'a mark lies on no other',
    file: REVISIONS,
    find: 'if (this.#marks.some(other => overlap(other, rect)))',
    put: 'if (false)',
    tests: [FILE_TEST],
  },
  {
    name: 'a mark does nothing when it is touched',
    file: REVISIONS,
    find: "if (!FIELD_KEYS.has(key)) changed(`a field's ${key}`)",
    put: '',
    tests: [FILE_TEST],
  },
  {
    name: 'a table names its objects where they are',
    file: OBJECTS,
    find: 'if (place !== null && places.get(number) !== place)',
    put: 'if (false)',
    tests: [FILE_TEST],
  },
  {
    name: 'a message fits the bytes',
    file: MESSAGE,
    find: '!digest.digest().equals(said.valueBlock.valueHexView)',
    put: 'false',
    tests: [FILE_TEST],
  },
  {
    name: 'a message names its certificate',
    file: MESSAGE,
    find: "if (!isNamed(attributes, certificate)) return 'broken'",
    put: '',
    tests: [FILE_TEST],
  },
  {
    name: 'an issuer may issue',
    file: CHAIN,
    find: 'const mayIssue = isIssuer && most >= below',
    put: 'const mayIssue = most >= 0',
    tests: [FILE_TEST],
  },
  {
    name: 'a list of withdrawn certificates is its issuer’s',
    file: CHAIN,
    find: 'if (!list.issuer.equals(issuer.subject)) return false\n    const known',
    put: 'return true\n    const known',
    tests: [FILE_TEST],
  },
  {
    name: 'a time stamp is of a clock',
    file: 'app/documents/signed-file.ts',
    find: '|| !isForStamping(stamp.certificate)',
    put: '',
    tests: [FILE_TEST],
  },
  {
    name: 'a certificate of another number is another person’s',
    file: 'app/domain/signed-paper.ts',
    find: "known.every(official.hasNumber) ? 'same' : 'other'",
    put: "true ? 'same' : 'other'",
    tests: ['tests/domain/signed-paper.test.ts'],
  },
  {
    name: 'a trusted root and a kind take a second person',
    file: 'app/queries/agreed-entry.server.ts',
    find: 'if (!isSecond(actor, row)) throw forbidden()',
    put: '',
    tests: [PLEDGE_TEST, ACT_TEST],
  },
  {
    name: 'a signature of a kind that is not accepted proves nothing',
    file: PROOF,
    find: "if (kind !== null && !certificateKinds.includes(kind)) return 'not_accepted'",
    put: '',
    tests: [PROOF_TEST],
  },
  {
    name: 'a signature that ends before the cut-off proves nothing',
    file: PROOF,
    find: "if (validToOn < endsOn) return 'ends_early'",
    put: '',
    tests: [PROOF_TEST],
  },
  {
    name: 'a signature of a number that is the official’s no more proves nothing',
    file: PROOF,
    find: "if (isCompared && numberHash !== ownHash) return 'another'",
    put: '',
    tests: [PROOF_TEST],
  },
  {
    name: 'a confirmation from before says nothing of a signature',
    file: PROOF,
    find: 'if (confirmedAt !== null && confirmedAt >= checkedAt)',
    put: 'if (confirmedAt !== null)',
    tests: [PROOF_TEST],
  },
  {
    name: 'a proven signature leaves the own name open',
    file: PROOF,
    find: 'if (isProven ? isOwnName : isShown && isConfirmed)',
    put: 'if (isProven || (isShown && isConfirmed))',
    tests: [PROOF_TEST],
  },
  {
    name: 'a certificate withdrawn after it signed keeps its proof',
    file: PROOF,
    find: 'if (since !== null && since <= at)',
    put: 'if (since !== null)',
    tests: [PROOF_TEST],
  },
  {
    name: 'a proof whose certificate was withdrawn takes the unit’s word along',
    file: AGAIN,
    find: 'if (still !== undefined) takeBack(',
    put: 'if (still === 0) takeBack(',
    tests: [ACT_TEST],
  },
  {
    name: 'a list of withdrawn certificates leads to a trusted root',
    file: 'app/documents/entered-list.ts',
    find: '&& isTrusted(certificate),',
    put: ',',
    tests: [ACT_TEST],
  },
  {
    name: 'a list of withdrawn certificates is signed by its issuer',
    file: 'app/documents/entered-list.ts',
    find: '&& list.isSignedBy(certificate.key)',
    put: '',
    tests: [ACT_TEST],
  },
  {
    name: 'an older list of withdrawn certificates takes the place of none',
    file: 'app/queries/revocation-list.server.ts',
    find: 'if (newest !== null && newest >= list.thisUpdate)',
    put: 'if (false)',
    tests: [ACT_TEST],
  },
  {
    name: 'a signed pledge is looked at by who may open evidence',
    file: 'app/queries/signed-pledge.server.ts',
    find: "|| !can(actor, 'evidence.open', targetOf(row.officialId, campaignToday()))",
    put: '',
    tests: [PLEDGE_TEST],
  },
]
