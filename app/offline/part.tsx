import { type ComponentType, useEffect, useState } from 'react'
import { Button } from '#app/ui/button.tsx'
import { Notice } from '#app/ui/notice.tsx'

/**
 * Makes a part of the shell from what `load` imports once the part is opened. The worker keeps its script with the
 * rest, so it opens without a network too. Where the script cannot be had yet, the part says so and tries again by hand.
 */
export function partOf<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined
  return function Part(props: Props) {
    const [Shown, setShown] = useState(() => loaded)
    const [isMissing, setMissing] = useState(false)
    useEffect(() => {
      if (Shown || isMissing) return
      let isGone = false
      void load().then(
        part => {
          loaded = part.default
          if (!isGone) setShown(() => part.default)
        },
        () => isGone || setMissing(true),
      )
      return () => {
        isGone = true
      }
    }, [Shown, isMissing])
    if (Shown) return <Shown {...props} />
    if (!isMissing) return <p role="status">Đang mở…</p>
    return (
      <Notice kind="warning" title="Máy chưa tải đủ để mở phần này">
        <p>Anh/chị mở lại khi có mạng. Nội dung đã lưu trên máy vẫn còn.</p>
        <Button onClick={() => setMissing(false)}>Mở lại</Button>
      </Notice>
    )
  }
}
