import { type FormEvent, useState } from 'react'
import { Button } from '#app/ui/button.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PinField } from '#app/ui/pin-field.tsx'
import { Sheet } from '#app/ui/sheet.tsx'

/** Opens the shell without the server on a device that has a PIN. `onPin` says how many tries are left, null: opened. */
export function PinGate({ name, onPin }: { name: string; onPin: (pin: string) => Promise<number | null> }) {
  const [left, setLeft] = useState<number | null>(null)
  const [isTrying, setTrying] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isTrying) return
    const form = event.currentTarget
    setTrying(true)
    setLeft(await onPin(String(new FormData(form).get('pin'))))
    setTrying(false)
    form.reset()
  }
  return (
    <>
      {left !== null && left > 0 ? <Notice kind="error">Mã PIN chưa đúng. Còn {left} lần thử.</Notice> : null}
      <Sheet title={name}>
        <form onSubmit={submit} className="stack">
          <PinField id="pin" label="Nhập mã PIN" />
          <Button type="submit" isLarge aria-disabled={isTrying || undefined}>
            {isTrying ? 'Đang mở…' : 'Mở'}
          </Button>
        </form>
      </Sheet>
    </>
  )
}
