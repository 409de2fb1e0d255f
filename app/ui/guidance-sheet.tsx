import type { ReactNode } from 'react'
import { Row, RowList, Sheet } from './sheet.tsx'

/** Explains how to prepare a table for an upload, sentence by sentence, above the templates to download. */
export function GuidanceSheet({
  title,
  sentences,
  children,
}: {
  title: string
  sentences: readonly string[]
  children?: ReactNode
}) {
  return (
    <Sheet title={title}>
      <div className="stack">
        <RowList>
          {sentences.map(sentence => (
            <Row key={sentence} title={sentence} />
          ))}
        </RowList>
        {children ? <div className="actions">{children}</div> : null}
      </div>
    </Sheet>
  )
}
