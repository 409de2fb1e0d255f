import { Link } from '@remix-run/react'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { checkCitizenAge, readIdNumber } from '#app/domain/id-number.ts'
import { describeReading, OWN_RECORD } from '#app/text/citizen-number.ts'
import { explainEntry } from '#app/text/entry-problem.ts'
import type { TermNames } from '#app/text/terms.ts'
import { CARD_WITHOUT_DAY, fieldNamed, fillFields, followScanner } from './card-fill.ts'
import { Notice } from './notice.tsx'
import { useTerms } from './terms.ts'

type Read = {
  sex: 'male' | 'female'
  birthYear: number
  isAbroad: boolean
  age: ReturnType<typeof checkCitizenAge>
  number: string
}

/**
 * Reads a citizen's number while it is typed: sex and year of birth below it, and the day of birth (`children`) only
 * where the year leaves the age in doubt, or the form has a day or an error there (`isBirthShown`). A desk scanner's text
 * is split into the fields. `ask` says what is known of the citizen once the number is whole. Without scripts the day can
 * always be given. `prefix` comes before the fields' names if a form holds several people.
 */
export function CitizenNumber({
  prefix = '',
  minimumAge,
  isBirthShown,
  ask,
  children,
}: {
  prefix?: string
  minimumAge: number
  isBirthShown: boolean
  ask?: AskCitizen
  children: ReactNode
}) {
  const place = useRef<HTMLDivElement>(null)
  const [isLive, setLive] = useState(false)
  const [read, setRead] = useState<Read | null>(null)
  const [isDayMissing, setDayMissing] = useState(false)
  useEffect(() => {
    setLive(true)
    const form = place.current?.closest('form')
    if (!form) return
    const look = () => setRead(readNumberOf(form, prefix, minimumAge))
    const askDay = (event: Event) => event instanceof CustomEvent && event.detail === prefix && setDayMissing(true)
    const leaveScanner = followScanner(form, prefix)
    look()
    for (const kind of ['input', 'change']) form.addEventListener(kind, look)
    form.addEventListener(CARD_WITHOUT_DAY, askDay)
    return () => {
      leaveScanner()
      for (const kind of ['input', 'change']) form.removeEventListener(kind, look)
      form.removeEventListener(CARD_WITHOUT_DAY, askDay)
    }
  }, [prefix, minimumAge])
  const isDayShown = !isLive || isBirthShown || isDayMissing || read?.age === 'birth_date_needed'
  return (
    <div ref={place} className="stack-tight">
      <p role="status" className={read?.age === 'too_young' ? 'error' : 'small'}>
        {read === null ? '' : read.age === 'too_young' ? explainEntry(read.age) : describeReading(read)}
      </p>
      {ask ? <WhatIsKnown ask={ask} number={read?.number ?? null} place={place} prefix={prefix} /> : null}
      <div hidden={!isDayShown} className={isLive || isBirthShown ? undefined : 'unscripted'}>
        {children}
      </div>
    </div>
  )
}

function readNumberOf(form: HTMLFormElement, prefix: string, minimumAge: number): Read | null {
  const number = readIdNumber(fieldNamed(form, `${prefix}citizenNumber`)?.value ?? '')
  if (!number.ok) return null
  const { sex, birthYear, isAbroad } = number
  const birthOn = fieldNamed(form, `${prefix}birthOn`)?.value || null
  const helpedOn = fieldNamed(form, 'helpedOn')?.value ?? ''
  const age = helpedOn === '' ? null : checkCitizenAge({ birthYear, birthOn }, helpedOn, minimumAge)
  return { sex, birthYear, isAbroad, age, number: number.number }
}

/** What is known of a citizen before the form is filled in. */
export type KnownCitizen = {
  /** by the campaign's names of outcomes; '': nothing to say */
  said: (names: TermNames) => string
  /** where the official's own record of the citizen is changed; null: none */
  leadsTo: string | null
  /** the help form's fields, as the official's own list has them */
  fields: Record<string, string> | null
}

/** Asks about a whole number, once each, for the form of this submission key; null: nothing is known, or no answer. */
export type AskCitizen = (number: string, formKey: string) => Promise<KnownCitizen | null>

/** Says what is known of the citizen, and fills empty fields from the official's own list. */
function WhatIsKnown({
  ask,
  number,
  place,
  prefix,
}: {
  ask: AskCitizen
  number: string | null
  place: RefObject<HTMLElement | null>
  prefix: string
}) {
  const { names } = useTerms()
  const [known, setKnown] = useState<KnownCitizen | null>(null)
  useEffect(() => {
    setKnown(null)
    const form = place.current?.closest('form')
    if (number === null || !form) return
    let isGone = false
    void ask(number, fieldNamed(form, `${prefix}submissionKey`)?.value ?? '').then(answer => {
      if (isGone || answer === null) return
      if (answer.fields) fillFields(form, answer.fields, { prefix, isOnlyEmpty: true })
      setKnown(answer)
    })
    return () => {
      isGone = true
    }
  }, [ask, number, place, prefix])
  const said = known?.said(names) ?? ''
  if (known === null || said === '') return null
  if (known.leadsTo === null) return <Notice>{said}</Notice>
  return (
    <Notice kind="warning" title={said}>
      <Link to={known.leadsTo} reloadDocument>
        {OWN_RECORD}
      </Link>
    </Notice>
  )
}
