/** A PIN of six digits: the number pad of a phone, its digits hidden. */
export function PinField({
  id,
  label,
  name = 'pin',
  hint,
  error,
}: {
  id: string
  label: string
  name?: string
  hint?: string
  error?: string
}) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
      <input
        id={id}
        name={name}
        type="password"
        inputMode="numeric"
        pattern="[0-9]{6}"
        maxLength={6}
        autoComplete="off"
        required
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={described === '' ? undefined : described}
        className="control control-short"
      />
      {error === undefined ? null : (
        <p id={`${id}-error`} className="error">
          {error}
        </p>
      )}
    </div>
  )
}
