import { getInputProps } from '@conform-to/react'
import { useState } from 'react'
import { Button } from './button.tsx'
import { described, Field, type FieldProps } from './field.tsx'

/** A password that can be looked at while it is typed; without a script it stays hidden. */
export function PasswordField({
  autoComplete,
  inputMode,
  ...props
}: FieldProps & { autoComplete: string; inputMode?: 'numeric' }) {
  const [isShown, setShown] = useState(false)
  const { key, ...input } = getInputProps(props.field, { type: isShown ? 'text' : 'password', ...described(props) })
  return (
    <Field {...props}>
      <div className="password">
        <input
          key={key}
          {...input}
          autoComplete={autoComplete}
          inputMode={inputMode}
          autoCapitalize="off"
          spellCheck={false}
          className="control"
        />
        <span className="scripted">
          <Button variant="quiet" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
            {isShown ? 'Ẩn' : 'Hiện'}
            <span className="visually-hidden"> mật khẩu</span>
          </Button>
        </span>
      </div>
    </Field>
  )
}
