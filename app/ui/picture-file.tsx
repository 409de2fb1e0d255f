import { type ComponentProps, type FormEvent, useState } from 'react'
import { explainProblem } from '#app/text/problem.ts'
import { FileField } from './field.tsx'

const MAX_BYTES = 5 * 1024 * 1024
/** Longest side in points: a page photographed whole stays readable. */
const MAX_SIDE = 2400
const QUALITY = 0.85

const ACCEPT = 'image/png,image/jpeg,image/webp,image/heic,image/heif,application/pdf'

/**
 * A picture or PDF to upload. Where the browser reads the picture, it is shrunk and made a JPEG before it is sent; what
 * is still too large is said at once. Without scripts the file goes as it is, and the server answers.
 */
export function PictureFile(props: Omit<ComponentProps<typeof FileField>, 'accept'>) {
  const [said, setSaid] = useState('')
  const prepare = async ({ target }: FormEvent<HTMLDivElement>) => {
    if (!(target instanceof HTMLInputElement) || target.type !== 'file') return
    const file = target.files?.[0]
    target.setCustomValidity('')
    setSaid('')
    if (!file) return
    const small = isPicture(file) ? await shrink(file) : undefined
    // another file was chosen meanwhile
    if (target.files?.[0] !== file) return
    if (small && (small.size < file.size || !/^image\/(png|jpeg)$/.test(file.type))) {
      const files = new DataTransfer()
      files.items.add(small)
      target.files = files.files
      setSaid(`Đã thu nhỏ ảnh còn ${sizeInWords(small.size)}.`)
    }
    if ((target.files?.[0]?.size ?? 0) <= MAX_BYTES) return
    target.setCustomValidity(explainProblem('file_too_large'))
    target.reportValidity()
  }
  return (
    <div onChange={event => void prepare(event)}>
      <FileField {...props} accept={ACCEPT} />
      <p role="status" className="small">
        {said}
      </p>
    </div>
  )
}

const isPicture = ({ type, name }: File) => type.startsWith('image/') || /\.(heic|heif|webp|jpe?g|png)$/i.test(name)

const sizeInWords = (bytes: number) => `${Math.max(1, Math.round(bytes / 1024)).toLocaleString('vi')} KB`

/** The picture as a JPEG of limited size; undefined where this browser cannot read it. */
async function shrink(file: File): Promise<File | undefined> {
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
