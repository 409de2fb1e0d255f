import { eq } from 'drizzle-orm'
import type { Person } from '#app/access/policy.ts'
import type { CorrectionInput } from '#app/domain/citizen-right-input.ts'
import { storedName } from '#app/domain/person-name.ts'
import type { FieldProblem } from '#app/domain/problem.ts'
import { found, notFound, type Result } from '#app/domain/refusal.ts'
import { prepared, transact } from '#db/client.server.ts'
import { matchHash, seal, unsealName, unsealText } from '#db/keys.server.ts'
import { help } from '#db/schema.ts'
import { closeRequest, openRequest } from './citizen-request.server.ts'
import { logEvent } from './event.server.ts'
import { citizenNameColumns } from './help.server.ts'
import { change } from './judging/index.server.ts'

type Held = {
  nameCipher: Buffer
  phoneCipher: Buffer | null
  birthOn: string | null
  birthYear: number
  hamlet: string
  citizenHash: string
}

/** The open request to correct, and what its record holds now; throws 404 for other kinds and erased records. */
function toCorrect(actor: Person, campaignId: number, requestId: number) {
  const request = openRequest(actor, campaignId, requestId)
  if (request.kind !== 'correct') throw notFound()
  const held = found(
    prepared<Held>(
      `select citizen_name_cipher as nameCipher, citizen_phone_cipher as phoneCipher, citizen_birth_on as birthOn,
              citizen_birth_year as birthYear, hamlet, citizen_hash as citizenHash
         from help where id = ? and erased_at is null`,
    ).get(request.helpId),
  )
  return { ...request, held }
}

/** Opens what a citizen asks to have corrected, for the office that corrects it; logged as an opening. */
export function findCorrection(actor: Person, campaignId: number, requestId: number) {
  return transact(tx => {
    const { helpId, held } = toCorrect(actor, campaignId, requestId)
    const slot = (column: string) => ({ table: 'help', column, rowId: helpId })
    logEvent(tx, actor, { verb: 'open', subject: 'help', subjectId: helpId, campaignId, data: { field: 'citizen' } })
    return {
      requestId,
      helpId,
      name: unsealName(slot('citizenName'), held.nameCipher),
      phone: unsealText(slot('citizenPhone'), held.phoneCipher) ?? '',
      birthOn: held.birthOn ?? '',
      birthYear: held.birthYear,
      hamlet: held.hamlet,
    }
  })
}

/**
 * Carries out a citizen's request to correct: name, phone, birth date and hamlet, in each of their records that no
 * erasure emptied, and closes it. The citizen's own word outranks the unit's, so confirmations stay. The officials
 * read it in their records. A birth date agrees with the year in the number.
 */
export function correctCitizen(
  actor: Person,
  campaignId: number,
  { requestId, input }: { requestId: number; input: CorrectionInput },
): Result<object, FieldProblem[]> {
  return transact(() => {
    const { held } = toCorrect(actor, campaignId, requestId)
    if (input.birthOn !== null && Number(input.birthOn.slice(0, 4)) !== held.birthYear)
      return { ok: false, problems: [{ field: 'birthOn', reason: 'birth_disagrees' }] }
    const owner = { campaignId }
    const phoneHash = input.phone === null ? null : matchHash(owner, 'phone', input.phone)
    change(campaignId, { citizens: [held.citizenHash] }, tx => {
      const records = prepared<{ id: number; revision: number }>(
        'select id, revision from help where campaign_id = ? and citizen_hash = ? and erased_at is null',
      ).all(campaignId, held.citizenHash)
      for (const { id, revision } of records) {
        const slot = (column: string) => ({ table: 'help', column, rowId: id })
        tx.update(help)
          .set({
            ...citizenNameColumns(campaignId, id, storedName(input.name)),
            citizenPhoneCipher: input.phone === null ? null : seal(owner, slot('citizenPhone'), input.phone),
            citizenPhoneHash: phoneHash,
            citizenBirthOn: input.birthOn,
            hamlet: input.hamlet ?? '',
            revision: revision + 1,
          })
          .where(eq(help.id, id))
          .run()
        logEvent(tx, actor, { verb: 'correct', subject: 'help', subjectId: id, campaignId, data: { requestId } })
      }
      closeRequest(tx, actor, { campaignId, requestId, answer: input.answer, isMet: true })
    })
    return { ok: true }
  })
}
