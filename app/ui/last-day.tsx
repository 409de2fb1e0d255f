/** Asks for the last day of an entry, within the `Confirm` that ends it; `id` is the entry's, `today` is filled in. */
export function LastDay({ id, today }: { id: number; today: string }) {
  return (
    <div className="field">
      <label htmlFor={`toOn-${id}`}>Đến hết ngày</label>
      <input
        id={`toOn-${id}`}
        type="date"
        name="toOn"
        defaultValue={today}
        required
        className="control control-short"
      />
    </div>
  )
}
