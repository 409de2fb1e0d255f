import { formatNumber } from '#app/text/format.ts'
import { ActivationSlip } from './activation-slip.tsx'
import { Row, RowList, Sheet } from './sheet.tsx'

type Slip = {
  officialId: number
  displayName: string
  login: string
  code: string
  expiresAt: number
  qr?: { size: number; path: string }
}
/** The slips of one unit; `above` names the unit above, '' for none. */
export type UnitSlips = { unitId: number; unitName: string; slips: readonly Slip[] }

/**
 * Slips by unit, in the order of the tree: of each unit a cover sheet that goes on its envelope, then its slips, each
 * with the unit on it.
 */
export function ActivationSheets({ units, address }: { units: readonly UnitSlips[]; address: string }) {
  return (
    <>
      {units.map(({ unitId, unitName, slips }) => (
        <section key={unitId} className="slips-of-unit" aria-label={unitName}>
          <Sheet title={unitName} note={`${formatNumber(slips.length)} phiếu`}>
            <p className="small">Bìa: phát tận tay từng người, người nhận ký tên.</p>
            <RowList>
              {slips.map(({ officialId, displayName, login }) => (
                <Row key={officialId} title={displayName} detail={login} aside="Ký nhận: ……………………" />
              ))}
            </RowList>
          </Sheet>
          <div className="slips">
            {slips.map(slip => (
              <div key={slip.officialId}>
                <ActivationSlip {...slip} unitName={unitName} address={address} />
              </div>
            ))}
          </div>
        </section>
      ))}
    </>
  )
}
