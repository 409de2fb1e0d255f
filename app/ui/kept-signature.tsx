import { Link } from '@remix-run/react'
import type { ShownSignature } from '#app/domain/signed-paper.ts'
import type { PartStanding } from '#app/domain/vocabulary.ts'
import { explainKept, ownNameToDeclareText, signatureWordLabels } from '#app/text/signed-paper.ts'
import { Status } from './status.tsx'

/** The kept signatures of a part, each with what it says and its file; what is left where nothing was declared yet. */
export function KeptSignatures({
  signatures,
  standing,
}: {
  signatures: readonly ShownSignature[]
  standing: PartStanding
}) {
  const isToDeclare =
    (standing === 'missing' || standing === 'returned') && signatures.some(({ word }) => word === 'proof')
  return (
    <>
      {isToDeclare ? <p>{ownNameToDeclareText}</p> : null}
      {signatures.map(signature => (
        <p key={signature.fileId} className="small">
          <Status tone={signature.word === 'proof' ? 'done' : signature.word.startsWith('waits') ? 'check' : 'late'}>
            {signatureWordLabels[signature.word]}
          </Status>{' '}
          {explainKept(signature)}{' '}
          <Link to={`/tep/${signature.fileId}`} reloadDocument>
            Tải tệp đã ký
          </Link>
        </p>
      ))}
    </>
  )
}
