import type { ReactNode } from 'react'

/** The white background of one subject; `note` qualifies the title (an order, a count, a date). */
export function Sheet({ title, note, children }: { title?: ReactNode; note?: ReactNode; children: ReactNode }) {
  return (
    <section className="sheet">
      {title === undefined ? null : (
        <header className="sheet-heading">
          <h2>{title}</h2>
          {note === undefined ? null : <p className="small">{note}</p>}
        </header>
      )}
      {children}
    </section>
  )
}

/** A list of `Row`s, one thing each. */
export function RowList({ children }: { children: ReactNode }) {
  return <ul className="rows">{children}</ul>
}

/** Shows one thing with its detail and, at the end of the line, its status or one link. */
export function Row({ title, detail, aside }: { title: ReactNode; detail?: ReactNode; aside?: ReactNode }) {
  return (
    <li className="row">
      <div>
        {title}
        {detail === undefined ? null : <div className="small">{detail}</div>}
      </div>
      {aside === undefined ? null : <div className="row-aside">{aside}</div>}
    </li>
  )
}

/** Names and values of one thing: a record, a person, a batch. */
export function Facts({ facts }: { facts: readonly { name: string; value: ReactNode }[] }) {
  return (
    <dl className="facts">
      {facts.map(fact => (
        <div key={fact.name}>
          <dt>{fact.name}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
