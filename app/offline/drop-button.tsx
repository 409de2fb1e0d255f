import { useState } from 'react'
import { Button } from '#app/ui/button.tsx'

/** Asks once before something typed is thrown away; `what` names it. */
export function DropButton({ what, onDrop }: { what: string; onDrop: () => Promise<void> }) {
  const [isAsked, setAsked] = useState(false)
  if (!isAsked)
    return (
      <Button variant="quiet" onClick={() => setAsked(true)}>
        Bỏ
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
