import { type ComponentType, useEffect, useState } from 'react'
import { Button } from '#app/ui/button.tsx'
import { Notice } from '#app/ui/notice.tsx'

/** A part of the shell whose script is imported once the part is opened; `loaded`: what came of that. */
type LaterPart<Given> = { load: () => Promise<{ default: ComponentType<Given> }>; loaded?: ComponentType<Given> }

/** Names a part of the shell by the import of its script. */
export const later = <Given,>(load: LaterPart<Given>['load']): LaterPart<Given> => ({ load })

/**
 * Shows a part of the shell. The worker keeps its script with the rest, so it opens without a network too. Where the
 * script cannot be had yet, the part says so and is opened again by hand.
 */
export function Part<Given extends object>({ part, given }: { part: LaterPart<Given>; given: Given }) {
  const [Shown, setShown] = useState(() => part.loaded)
  const [isMissing, setMissing] = useState(false)
  useEffect(() => {
    if (Shown || isMissing) return
    let isGone = false
    void part.load().then(
      script => {
        part.loaded = script.default
        if (!isGone) setShown(() => script.default)
      },
      () => isGone || setMissing(true),
    )
    return () => {
      isGone = true
    }
  }, [part, Shown, isMissing])
  if (Shown) return <Shown {...given} />
  if (!isMissing) return <p role="status">Đang mở…</p>
  return (
    <Notice kind="warning" title="Máy chưa tải đủ để mở phần này">
      <p>Anh/chị mở lại khi có mạng. Nội dung đã lưu trên máy vẫn còn.</p>
      <Button onClick={() => setMissing(false)}>Mở lại</Button>
    </Notice>
  )
}
