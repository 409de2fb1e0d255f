import { type ReactNode, useEffect, useRef, useState } from 'react'
import { formatInstant } from '#app/text/format.ts'
import { Button } from '#app/ui/button.tsx'
import { Notice } from '#app/ui/notice.tsx'
import {
  clearDraft,
  type Draft,
  type DraftForm,
  forgetDraft,
  keepDraft,
  listDrafts,
  newKey,
  noteOpen,
} from './draft.ts'
import { DropButton } from './drop-button.tsx'
import { entriesOf } from './keeping-action.ts'
import { KEEPS_ITSELF } from './use-offline.ts'

/** Typing is sealed when it pauses for this long (ms). */
const PAUSE_MS = 200

/**
 * Seals what is typed into a form, and offers what was left unsaved earlier. `draftKey` names this page's own draft
 * where its form has a name; `children` draw the form, from a draft where one is taken up again. `nameOf` says whose
 * draft it is. Without scripts the form is as it is.
 */
export function Drafted({
  form,
  draftKey,
  nameOf,
  children,
}: {
  form: DraftForm
  draftKey?: string
  nameOf: (draft: Draft) => string
  children: (draft: Draft | null) => ReactNode
}) {
  const [offers, setOffers] = useState<Draft[]>([])
  const [taken, setTaken] = useState<Draft | null>(null)
  const around = useRef<HTMLDivElement>(null)
  const offered = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let isGone = false
    void listDrafts(form)
      .then(drafts => isGone || setOffers(drafts))
      .catch(() => undefined)
    return () => {
      isGone = true
    }
  }, [form])
  const own = useRef<string>()
  useSealing(around, form, () => taken?.key ?? draftKey ?? ownKey(own), taken)
  const isOffering = offers.length > 0
  useEffect(() => {
    // a page that is loaded again is scrolled to where it was
    if (isOffering) offered.current?.scrollIntoView({ block: 'center' })
  }, [isOffering])
  const without = (key: string) => setOffers(now => now.filter(draft => draft.key !== key))
  return (
    <>
      <div ref={offered} hidden={!isOffering} className="stack">
        {offers.map(draft => (
          <Notice key={draft.key} title={`Anh/chị đang ghi dở ${nameOf(draft)}`}>
            <p>Nhập lúc {formatInstant(draft.typedAt)}, chưa lưu.</p>
            <p className="actions">
              <Button
                onClick={() => {
                  setTaken(draft)
                  without(draft.key)
                }}
              >
                Tiếp tục
              </Button>
              <DropButton
                what="nội dung này"
                onDrop={async () => {
                  await forgetDraft(form, draft.key)
                  without(draft.key)
                }}
              />
            </p>
          </Notice>
        ))}
      </div>
      <div ref={around} key={taken?.key ?? 'new'} className="stack" {...{ [KEEPS_ITSELF]: '' }}>
        {children(taken)}
      </div>
    </>
  )
}

/** This page's own key, made once. */
function ownKey(own: { current: string | undefined }): string {
  own.current ??= newKey()
  return own.current
}

/** Seals the form inside `around` a moment after each change, and at once when the page is left. */
function useSealing(
  around: { current: HTMLElement | null },
  form: DraftForm,
  keyOf: () => string,
  taken: Draft | null,
) {
  const keyNow = useRef(keyOf)
  keyNow.current = keyOf
  useEffect(() => {
    const place = around.current
    if (!place) return
    const entries = () => {
      const filled = place.querySelector('form')
      return filled ? entriesOf(new FormData(filled)) : []
    }
    const key = keyNow.current()
    noteOpen(form, key)
    const first = groupedBy(entries())
    let timer: ReturnType<typeof setTimeout> | undefined
    const sealNow = () => {
      if (timer === undefined) return
      clearTimeout(timer)
      timer = undefined
      const typed = entries()
      const now = groupedBy(typed)
      const names = new Set([...first.keys(), ...now.keys()])
      const changed = [...names].filter(name => (first.get(name) ?? '') !== (now.get(name) ?? ''))
      const all = [...new Set([...(taken?.changed ?? []), ...changed])]
      // a form that is as it was begun with is no draft
      const sealed =
        all.length === 0
          ? clearDraft(form, key)
          : keepDraft(form, { key, entries: typed, changed: all, typedAt: Date.now() })
      void sealed.catch(() => undefined)
    }
    const later = () => {
      clearTimeout(timer)
      timer = setTimeout(sealNow, PAUSE_MS)
    }
    const kinds = ['input', 'change'] as const
    for (const kind of kinds) place.addEventListener(kind, later)
    window.addEventListener('pagehide', sealNow)
    document.addEventListener('visibilitychange', sealNow)
    return () => {
      for (const kind of kinds) place.removeEventListener(kind, later)
      window.removeEventListener('pagehide', sealNow)
      document.removeEventListener('visibilitychange', sealNow)
      sealNow()
    }
  }, [around, form, taken])
}

/** The texts of each name, joined. */
function groupedBy(entries: readonly (readonly [string, string])[]): Map<string, string> {
  const texts = new Map<string, string>()
  for (const [name, text] of entries) texts.set(name, texts.has(name) ? `${texts.get(name)}\n${text}` : text)
  return texts
}

/** The first text of each field of a draft; `only`: of those that were typed into. */
export function fieldsOfDraft(draft: Draft | null, only?: 'typed'): Record<string, string> {
  if (draft === null) return {}
  const fields = Object.fromEntries([...draft.entries].reverse())
  if (only === undefined) return fields
  return Object.fromEntries(draft.changed.map(name => [name, fields[name] ?? '']))
}

/** Every text of one field of a draft. */
export const textsOfDraft = ({ entries }: Draft, name: string): string[] =>
  entries.filter(([field]) => field === name).map(([, text]) => text)
