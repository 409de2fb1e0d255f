import { Link } from '@remix-run/react'
import type { Signal } from '#app/domain/signal.ts'
import { askSignal, innocentReasons } from '#app/text/signal.ts'
import { Row, RowList } from './sheet.tsx'

/** Questions one below the other, each with the innocent reason that there may be; `name` leads to the official. */
export function SignalRows({ signals }: { signals: readonly (Signal & { name?: string | null })[] }) {
  return (
    <RowList>
      {signals.map(signal => {
        const { kind, officialId, name } = signal
        return (
          <Row
            key={`${kind}-${officialId}`}
            title={
              <>
                {name ? (
                  <>
                    <Link to={`/can-bo/${officialId}`}>{name}</Link> ·{' '}
                  </>
                ) : null}
                {askSignal(signal)}
              </>
            }
            detail={innocentReasons[kind]}
          />
        )
      })}
    </RowList>
  )
}
