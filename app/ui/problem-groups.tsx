import type { ReactNode } from 'react'
import { formatNumber } from '#app/text/format.ts'
import { Row, RowList } from './sheet.tsx'

/** A problem that rows share; `detail` mends or names them, `aside` leads to them. */
export type ProblemLine = { word: string; text: ReactNode; rows: number; detail?: ReactNode; aside?: ReactNode }

/** Equal problems of a list's rows together: "61 dòng: chưa rõ cột SIM". */
export function ProblemGroups({ groups }: { groups: readonly ProblemLine[] }) {
  return (
    <RowList>
      {groups.map(({ word, text, rows, detail, aside }) => (
        <Row
          key={word}
          title={
            <>
              <b>{formatNumber(rows)} dòng</b>: {text}
            </>
          }
          detail={detail}
          aside={aside}
        />
      ))}
    </RowList>
  )
}
