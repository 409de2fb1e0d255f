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
  const note = useRef<HTMLParagraphElement>(null)
  useSealing({ around, note }, form, () => taken?.key ?? draftKey ?? ownKey(own), taken)
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
        <p ref={note} hidden className="small">
          Nội dung đang nhập được giữ trên máy này.
        </p>
      </div>
    </>
  )
}

/** This page's own key, made once. */
function ownKey(own: { current: string | undefined }): string {
  own.current ??= newKey()
  return own.current
}

/**
 * Seals the form inside `around` after each change, as soon as the change before is sealed: a page that is killed loses
 * nothing that was typed. A page that is hidden or left does not wait for its turn. `note` is in sight while all that is
 * typed is sealed; it is switched without drawing the form again.
 */
function useSealing(
  { around, note }: Record<'around' | 'note', { current: HTMLElement | null }>,
  form: DraftForm,
  keyOf: () => string,
  taken: Draft | null,
) {
  const keyNow = useRef(keyOf)
  keyNow.current = keyOf
  useEffect(() => {
    const place = around.current
    if (!place) return
    const entries = () => entriesOf(new FormData(place.querySelector('form') ?? undefined))
    const say = (isKept: boolean) => {
      if (!note.current) return
      note.current.hidden = false
      // its place stays: a button that moves between the press and the release of a finger is not pressed
      note.current.style.visibility = isKept ? 'visible' : 'hidden'
    }
    say(false)
    const key = keyNow.current()
    noteOpen(form, key)
    const first = begunWith(place)
    let isTyped = false
    let sealing: Promise<void> = Promise.resolve()
    const sealNow = () => {
      if (!isTyped) return
      isTyped = false
      const typed = entries()
      const all = [...new Set([...(taken?.changed ?? []), ...changedSince(first, typed)])]
      // a form that is as it was begun with is no draft
      const sealed =
        all.length === 0
          ? clearDraft(form, key).then(() => false)
          : keepDraft(form, { key, entries: typed, changed: all, typedAt: Date.now() })
      sealing = sealed.then(isKept => say(isKept && !isTyped)).catch(() => undefined)
    }
    const later = () => {
      isTyped = true
      say(false)
      // after the page's own answers to the change: a day of the visit moves other days along
      setTimeout(() => void sealing.then(sealNow))
    }
    const kinds = ['input', 'change'] as const
    for (const kind of kinds) place.addEventListener(kind, later)
    // typed before the page's scripts ran
    if (changedSince(first, entries()).length > 0) later()
    window.addEventListener('pagehide', sealNow)
    document.addEventListener('visibilitychange', sealNow)
    return () => {
      for (const kind of kinds) place.removeEventListener(kind, later)
      window.removeEventListener('pagehide', sealNow)
      document.removeEventListener('visibilitychange', sealNow)
      sealNow()
    }
  }, [around, note, form, taken])
}

/** The entries with which the form inside `place` was drawn, whatever was typed since. */
function begunWith(place: HTMLElement): Entries {
  const form = place.querySelector('form')?.cloneNode(true)
  if (!(form instanceof HTMLFormElement)) return []
  form.reset()
  return entriesOf(new FormData(form))
}

/** The fields whose texts differ. */
function changedSince(first: Entries, now: Entries): string[] {
  const [before, after] = [groupedBy(first), groupedBy(now)]
  const names = new Set([...before.keys(), ...after.keys()])
  return [...names].filter(name => (before.get(name) ?? '') !== (after.get(name) ?? ''))
}

type Entries = readonly (readonly [string, string])[]

/** The texts of each name, joined. */
function groupedBy(entries: Entries): Map<string, string> {
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
