import { type ComponentProps, type FormEvent, useState } from 'react'
import { explainEntry } from '#app/text/entry-problem.ts'
import { FileField } from './field.tsx'

const MAX_BYTES = 5 * 1024 * 1024
/** Longest side in points: a page photographed whole stays readable. */
const MAX_SIDE = 2400
const QUALITY = 0.85

const ACCEPT = 'image/png,image/jpeg,image/webp,image/heic,image/heif,application/pdf'

/**
 * A picture or PDF to upload. Where the browser reads the picture, it is shrunk and made a JPEG before it is sent; what
 * is still too large, or a format that cannot be read, is said at once. Without scripts the file goes as it is, and the server answers.
 */
export function PictureFile(props: Omit<ComponentProps<typeof FileField>, 'accept'>) {
  const [said, setSaid] = useState({ text: '', isRefused: false })
  const prepare = async ({ target }: FormEvent<HTMLDivElement>) => {
    if (!(target instanceof HTMLInputElement) || target.type !== 'file') return
    const file = target.files?.[0]
    target.setCustomValidity('')
    setSaid({ text: '', isRefused: false })
    if (!file) return
    const small = await shrink(file)
    // another file was chosen meanwhile
    if (target.files?.[0] !== file) return
    const isBetter = small !== undefined && (small.size < file.size || !isTaken(file))
    if (isBetter) {
      const files = new DataTransfer()
      files.items.add(small)
      target.files = files.files
      setSaid({ text: `Đã thu nhỏ ảnh còn ${sizeInWords(small.size)}.`, isRefused: false })
    }
    const refusal = refusalOf(isBetter ? small : file)
    if (refusal === null) return
    setSaid({ text: explainEntry(refusal), isRefused: true })
    target.setCustomValidity(explainEntry(refusal))
  }
  return (
    <div onChange={event => void prepare(event)}>
      <FileField {...props} accept={ACCEPT} />
      <p role="status" className={said.isRefused ? 'error' : 'small'}>
        {said.text}
      </p>
    </div>
  )
}

/** Why the server would not take the file; null: it may. */
function refusalOf({ type, name, size }: File) {
  // a phone's own format, which most browsers besides that phone's cannot read
  if (/^image\/hei[cf]/.test(type) || /\.hei[cf]$/i.test(name)) return 'file_heic'
  return size > MAX_BYTES ? 'file_too_large' : null
}

const isTaken = ({ type }: File) => /^image\/(png|jpeg)$/.test(type)

const isPicture = ({ type, name }: File) => type.startsWith('image/') || /\.(heic|heif|webp|jpe?g|png)$/i.test(name)

const sizeInWords = (bytes: number) => `${Math.max(1, Math.round(bytes / 1024)).toLocaleString('vi')} KB`

/** The picture as a JPEG of limited size; undefined where it is none, or this browser cannot read it. */
async function shrink(file: File): Promise<File | undefined> {
  if (!isPicture(file)) return undefined
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(bitmap.width * scale))
    canvas.height = Math.max(1, Math.round(bitmap.height * scale))
    const paper = canvas.getContext('2d')
    if (!paper) return undefined
    // a picture with transparent parts, on white
    paper.fillStyle = '#fff'
    paper.fillRect(0, 0, canvas.width, canvas.height)
    paper.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    bitmap.close()
    const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
    return blob ? new File([blob], `${file.name.replace(/\.\w+$/, '')}.jpg`, { type: 'image/jpeg' }) : undefined
  } catch {
    return undefined
  }
}
