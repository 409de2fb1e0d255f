import { type InputHTMLAttributes, useState } from 'react'
import { Button } from './button.tsx'

/** A password that can be looked at while it is typed; without a script it stays hidden. */
export function PasswordInput(props: Omit<InputHTMLAttributes<HTMLInputElement>, 'type'>) {
  const [isShown, setShown] = useState(false)
  return (
    <div className="password">
      <input {...props} type={isShown ? 'text' : 'password'} autoCapitalize="off" spellCheck={false} />
      <span className="scripted">
        <Button variant="quiet" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
          {isShown ? 'Ẩn' : 'Hiện'}
          <span className="visually-hidden"> mật khẩu</span>
        </Button>
      </span>
    </div>
  )
}
