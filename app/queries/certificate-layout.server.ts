import { type Actor, permit } from '#app/access/policy.ts'
import { type CertificateLayout, USUAL_LAYOUT } from '#app/domain/certificate-layout.ts'
import { prepared, transact } from '#db/client.server.ts'
import { certificateLayout as layouts } from '#db/schema.ts'
import { campaignNow } from './clock.server.ts'
import { logEvent } from './event.server.ts'
import { rootUnit } from './unit.server.ts'

/** Where the words of a certificate go: as somebody measured last, else the usual places. */
export function certificateLayout(): CertificateLayout {
  const text = prepared<string>('select layout from certificate_layout order by id desc limit 1').pluck().get()
  return text === undefined ? USUAL_LAYOUT : (JSON.parse(text) as CertificateLayout)
}

/** Keeps where the words of a certificate go from now on; by home affairs. */
export function keepCertificateLayout(actor: Actor, layout: CertificateLayout): void {
  permit(actor, 'round.manage', { unitPath: rootUnit().path })
  transact(tx => {
    const createdBy = actor.kind === 'person' ? actor.accountId : null
    const { id } = tx
      .insert(layouts)
      .values({ layout: JSON.stringify(layout), createdAt: campaignNow(), createdBy })
      .returning({ id: layouts.id })
      .get()
    logEvent(tx, actor, { verb: 'edit', subject: 'certificate_layout', subjectId: id })
  })
}
