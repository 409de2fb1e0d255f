import { Link } from '@remix-run/react'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import type { EarlyAnswer } from '#app/domain/early-check.ts'
import { checkCitizenAge, readIdNumber } from '#app/domain/id-number.ts'
import { describeReading, explainEarly, OWN_RECORD } from '#app/text/citizen-number.ts'
import { explainProblem } from '#app/text/problem.ts'
import { CARD_WITHOUT_DAY, fieldNamed, fillFields, followScanner } from './card-fill.ts'
import { Notice } from './notice.tsx'

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
 * is split into the fields. `asks`: what is known of the citizen is asked for once the number is whole. Without scripts the
 * day can always be given. `prefix` comes before the fields' names if a form holds several people.
 */
export function CitizenNumber({
  prefix = '',
  minimumAge,
  isBirthShown,
  asks = false,
  children,
}: {
  prefix?: string
  minimumAge: number
  isBirthShown: boolean
  asks?: boolean
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
        {read === null ? '' : read.age === 'too_young' ? explainProblem(read.age) : describeReading(read)}
      </p>
      {asks ? <KnownCitizen number={read?.number ?? null} place={place} prefix={prefix} /> : null}
      <div hidden={!isDayShown}>{children}</div>
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

/** How long to wait for the answer (ms): the form goes on without it. */
const PATIENCE_MS = 5000

/** Asks the server about a whole number, once each; null while nothing is known, or without a network. */
async function ask(number: string): Promise<EarlyAnswer | null> {
  const response = await fetch('/ho-tro/kiem-tra-so', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ number }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => null)
  return response?.ok ? ((await response.json()) as EarlyAnswer) : null
}

/** Says what the server knows of the citizen, and fills empty fields from the official's own list. */
function KnownCitizen({
  number,
  place,
  prefix,
}: {
  number: string | null
  place: RefObject<HTMLElement | null>
  prefix: string
}) {
  const [known, setKnown] = useState<EarlyAnswer | null>(null)
  useEffect(() => {
    setKnown(null)
    if (number === null) return
    let isGone = false
    void ask(number).then(answer => {
      const form = place.current?.closest('form')
      if (isGone || answer === null || !form) return
      if (answer.assigned) fillFields(form, answer.assigned, { prefix, isOnlyEmpty: true })
      setKnown(answer)
    })
    return () => {
      isGone = true
    }
  }, [number, place, prefix])
  if (known === null) return null
  if (known.own)
    return (
      <Notice kind="warning" title={explainEarly(known)}>
        <Link to={`/ho-tro/${known.own.helpId}/sua`}>{OWN_RECORD}</Link>
      </Notice>
    )
  const said = explainEarly(known)
  return said === '' ? null : <Notice>{said}</Notice>
}
