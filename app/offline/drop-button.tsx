import { useState } from 'react'
import { Button } from '#app/ui/button.tsx'

/** Asks once before something kept here is thrown away; `what` names it. */
export function DropButton({
  what,
  label = 'Bỏ',
  onDrop,
}: {
  what: string
  label?: string
  onDrop: () => Promise<void>
}) {
  const [isAsked, setAsked] = useState(false)
  if (!isAsked)
    return (
      <Button variant="quiet" onClick={() => setAsked(true)}>
        {label}
      </Button>
    )
  return (
    <>
      <Button variant="danger" onClick={onDrop}>
        Bỏ hẳn {what}
      </Button>
      <Button variant="quiet" onClick={() => setAsked(false)}>
        Giữ lại
      </Button>
    </>
  )
}
