import { Form } from '@remix-run/react'
import { SubmitButton } from './form.tsx'
import { type ColumnQuestion, ListColumns } from './list-columns.tsx'

/** Names of the fields in which a table goes along from form to form. */
export const tableFields = {
  pasted: 'pasted',
  /** a file, packed and in base64 */
  file: 'tep',
  fileName: 'ten-tep',
  layout: 'layout',
  /** the table is under our own heads, as a preview gave it back */
  own: 'bang-da-doc',
  /** `on`: the columns were explained; `xem`: they are to be looked at */
  said: 'da-noi-cot',
} as const

type Kept = Readonly<Record<string, string>>

/** What is asked about the columns of a table; `kept` is the table. */
export type AskedColumns = ColumnQuestion & { kept: Kept }

/** How the columns of a table were understood, and the form that shows them. */
export type ReadColumns = { note: string; kept: Kept }

const KeptFields = ({ kept }: { kept: Kept }) => (
  <>
    {Object.entries(kept).map(([name, text]) => (
      <input key={name} type="hidden" name={name} value={text} />
    ))}
  </>
)

/** Asks what the columns of a table are: `ListColumns`, with the table in the form. */
export function TableColumns({ kept, ...question }: AskedColumns) {
  return (
    <ListColumns {...question}>
      <KeptFields kept={{ ...kept, [tableFields.said]: 'on' }} />
    </ListColumns>
  )
}

/** Says how the columns of a table were understood, with a button to look at them and change them. */
export function ColumnsRead({ note, kept }: ReadColumns) {
  return (
    <Form method="post" className="actions">
      <span className="small">{note}</span>
      <KeptFields kept={kept} />
      <SubmitButton variant="quiet" pendingLabel="Đang đọc…">
        Xem lại các cột
      </SubmitButton>
    </Form>
  )
}
