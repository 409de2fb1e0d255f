import { useEffect, useRef, useState } from 'react'
import { Button } from './button.tsx'

/** A message to be put into a group chat: it names nobody. */
export const GroupMessage = ({ text }: { text: string }) => (
  <MessageToPaste
    text={text}
    title="Soạn tin nhắn Zalo"
    note="Tin nhắn không có tên và số liệu của ai. Anh/chị chép rồi dán vào nhóm của đơn vị."
  />
)

/** A message ready to copy, or to hand to an application of the phone; `note` says what it holds. */
export function MessageToPaste({ text, title, note }: { text: string; title: string; note: string }) {
  const field = useRef<HTMLTextAreaElement>(null)
  const [can, setCan] = useState({ copy: false, share: false })
  const [isCopied, setIsCopied] = useState(false)
  useEffect(() => setCan({ copy: 'clipboard' in navigator, share: 'share' in navigator }), [])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setIsCopied(true)
    } catch {
      // not allowed here: the text is selected, to be copied by hand
      field.current?.select()
    }
  }
  const share = () => {
    // closing the phone's own dialogue is an answer too
    navigator.share({ text }).catch(() => undefined)
  }
  return (
    <details className="disclosure group-message">
      <summary>{title}</summary>
      <div className="stack">
        <textarea ref={field} className="control" readOnly rows={4} aria-label="Tin nhắn" value={text} />
        <p className="small">{note}</p>
        {can.copy || can.share ? (
          <div className="actions">
            {can.copy ? (
              <Button variant="quiet" onClick={copy}>
                Chép tin nhắn
              </Button>
            ) : null}
            {can.share ? (
              <Button variant="quiet" onClick={share}>
                Gửi qua ứng dụng
              </Button>
            ) : null}
            <span role="status">{isCopied ? 'Đã chép.' : ''}</span>
          </div>
        ) : null}
      </div>
    </details>
  )
}
