import { type ChangeEvent, useEffect, useRef, useState } from 'react'
import type { Card, ScanProblem } from '#app/domain/card.ts'
import { filledFrom, scanProblems } from '#app/text/card.ts'
import { Button } from './button.tsx'
import type { Scanned, Torch } from './card-scanner.client.ts'

/** After this time (ms) without a code, the scanner shows advice. */
const PATIENCE_MS = 8000

const load = () => import('./card-scanner.client.ts')

type Said = { kind: 'found' | 'problem' | 'busy'; text: string }

/**
 * Reads an identity card's QR code with the camera or from a picture, on the phone alone; `onCard` gets number, name,
 * birth and sex. It is there only where it can work: without scripts there is nothing to see, and typing is as good.
 * Its place is kept from the first paint, so that the fields below do not move when the script has come.
 * `isBrief`: one of many on a page, where what becomes of pictures is said once.
 */
export function CardScan({ onCard, isBrief = false }: { onCard: (card: Card) => void; isBrief?: boolean }) {
  const [able, setAble] = useState<'unknown' | 'none' | 'pictures' | 'camera'>('unknown')
  const [isFilming, setIsFilming] = useState(false)
  const [said, setSaid] = useState<Said | null>(null)
  const file = useRef<HTMLInputElement>(null)

  useEffect(() => {
    const isAble = typeof Worker !== 'undefined' && typeof WebAssembly !== 'undefined' && 'createImageBitmap' in window
    setAble(isAble ? ('mediaDevices' in navigator ? 'camera' : 'pictures') : 'none')
  }, [])

  const tell = (scanned: Scanned) => {
    if (!scanned.ok) {
      const text = scanProblems[scanned.reason]
      return setSaid(before => (before?.text === text ? before : { kind: 'problem', text }))
    }
    setIsFilming(false)
    setSaid({ kind: 'found', text: filledFrom(scanned.card) })
    onCard(scanned.card)
  }
  const readFile = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const picture = target.files?.[0]
    if (!picture) return
    setIsFilming(false)
    setSaid({ kind: 'busy', text: 'Đang đọc ảnh…' })
    tell(await load().then(({ scanPicture }) => scanPicture(picture), unavailable))
    target.value = ''
  }

  if (able === 'none') return null
  return (
    <div className={able === 'unknown' ? 'card-scan coming' : 'card-scan'}>
      {isFilming ? (
        <CardCamera
          onScanned={tell}
          onProblem={reason => {
            setIsFilming(false)
            tell({ ok: false, reason })
          }}
          onClose={() => setIsFilming(false)}
        />
      ) : null}
      <div className="actions">
        {able !== 'pictures' && !isFilming ? (
          <Button
            type="button"
            variant={isBrief ? 'quiet' : 'primary'}
            onClick={() => {
              setSaid(null)
              setIsFilming(true)
            }}
          >
            Quét mã QR trên thẻ
          </Button>
        ) : null}
        <Button type="button" variant="quiet" onClick={() => file.current?.click()}>
          Chọn ảnh có mã QR
        </Button>
        <input ref={file} type="file" accept="image/*" hidden onChange={event => void readFile(event)} />
      </div>
      <p role="status" className={said?.kind === 'problem' ? 'error' : 'small'}>
        {said?.text ?? (isBrief ? '' : 'Mã được đọc ngay trên điện thoại; ảnh không được gửi đi.')}
      </p>
    </div>
  )
}

const unavailable = () => ({ ok: false, reason: 'scanner_failed' }) as const

/** The camera's picture while it looks for a card; it is closed when the page is left or hidden. */
function CardCamera({
  onScanned,
  onProblem,
  onClose,
}: {
  onScanned: (scanned: Scanned) => void
  onProblem: (reason: ScanProblem) => void
  onClose: () => void
}) {
  const video = useRef<HTMLVideoElement>(null)
  const [torch, setTorch] = useState<{ set: Torch; isOn: boolean } | null>(null)
  const handlers = useRef({ onScanned, onProblem, onClose })
  handlers.current = { onScanned, onProblem, onClose }

  useEffect(() => {
    const ending = new AbortController()
    const { signal } = ending
    const since = performance.now()
    const onFrame = (scanned: Scanned) => {
      const isWaiting = !scanned.ok && scanned.reason === 'no_code' && performance.now() - since < PATIENCE_MS
      if (scanned.ok) ending.abort()
      if (!isWaiting) handlers.current.onScanned(scanned)
    }
    const start = async () => {
      const scanner = await load().catch(() => undefined)
      if (!video.current || signal.aborted) return
      const opened = await (scanner?.openCamera(video.current, { signal, onFrame }) ?? unavailable())
      if (signal.aborted) return
      if (!opened.ok) handlers.current.onProblem(opened.reason)
      else if (opened.torch) setTorch({ set: opened.torch, isOn: false })
    }
    void start()
    const onHidden = () => document.hidden && handlers.current.onClose()
    document.addEventListener('visibilitychange', onHidden)
    return () => {
      document.removeEventListener('visibilitychange', onHidden)
      ending.abort()
    }
  }, [])

  const turnTorch = async ({ set, isOn }: NonNullable<typeof torch>) => {
    const hasTurned = await set(!isOn).then(
      () => true,
      () => false,
    )
    setTorch(hasTurned ? { set, isOn: !isOn } : null)
  }

  return (
    <div className="card-camera">
      <video ref={video} muted playsInline aria-label="Hình từ máy ảnh; đưa mã QR của thẻ vào giữa khung" />
      <div className="actions">
        {torch ? (
          <Button type="button" variant="quiet" aria-pressed={torch.isOn} onClick={() => void turnTorch(torch)}>
            {torch.isOn ? 'Tắt đèn' : 'Bật đèn'}
          </Button>
        ) : null}
        <Button type="button" variant="quiet" onClick={onClose}>
          Dừng quét
        </Button>
      </div>
    </div>
  )
}
