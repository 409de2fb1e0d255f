import { Link } from '@remix-run/react'
import type { Day } from '#app/domain/calendar.ts'
import type { AssignmentState, WorklistLack } from '#app/domain/vocabulary.ts'
import { labels } from '#app/text/vocabulary.ts'
import { describeAppointment, describeCall, OUTSIDE_QUOTA, standingOf } from '#app/text/worklist.ts'
import { buttonClass } from './button.tsx'
import { useProvince } from './province.ts'
import { Row } from './sheet.tsx'
import { Status, type Tone } from './status.tsx'

const TONES: Record<AssignmentState, Tone> = {
  not_contacted: 'neutral',
  appointment: 'doing',
  no_answer: 'late',
  wrong_number: 'check',
  submitted: 'doing',
  away: 'late',
  abroad: 'neutral',
  serving_sentence: 'neutral',
  address_unknown: 'check',
  refused: 'neutral',
  done: 'done',
}

/** Shows the state of a listed citizen; `children` replace the state's own word. */
export function AssignmentStatus({ state }: { state: AssignmentState }) {
  return <Status tone={TONES[state]}>{labels.assignmentState[state]}</Status>
}

/** Calls a citizen; there is none where there is no phone, where the citizen has refused, or where the number is wrong. */
export function CallButton({ name, phone }: { name: string; phone: string | null }) {
  if (phone === null) return null
  return (
    <a className={buttonClass({ variant: 'quiet' })} href={`tel:${phone}`}>
      Gọi<span className="visually-hidden"> {name}</span>
    </a>
  )
}

/** Opens a map at the hamlet; the address contains no name and no house. */
export function MapButton({ name, hamlet, communeName }: { name: string; hamlet: string; communeName: string }) {
  const { name: province } = useProvince()
  const place = [hamlet, communeName, province].filter(Boolean).join(', ')
  return (
    <a
      className={buttonClass({ variant: 'quiet' })}
      href={`https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(place)}`}
      target="_blank"
      rel="noreferrer"
    >
      Bản đồ<span className="visually-hidden"> đến nơi ở của {name}</span>
    </a>
  )
}

type AssignedCitizen = {
  id: number
  name: string
  phone: string | null
  address: string | null
  hamlet: string
  communeName: string
  lacks: readonly WorklistLack[]
  /** nothing that is lacking can make a record count; left out where it is not told */
  isOutside?: boolean
  state: AssignmentState
  appointmentOn: Day | null
  appointmentTime: string
  appointmentPlace: string | null
  /** when the state was noted, ms; null: never */
  changedAt: number | null
  note: string | null
}

/** Says what a citizen still lacks, in words. */
export const lacksInWords = (lacks: readonly WorklistLack[]) => lacks.map(lack => labels.worklistLack[lack]).join('; ')

/** Shows an assigned citizen on their assignee's list: state, appointment, what is lacking, and the next step. */
export function AssignmentRow({ citizen, team }: { citizen: AssignedCitizen; team: string | null }) {
  const { id, name, address, hamlet, communeName, lacks, state, note } = citizen
  return (
    <Row
      title={<Link to={`/phan-cong/${id}`}>{name}</Link>}
      detail={
        <>
          <span className="block">{[address, hamlet, communeName].filter(Boolean).join(', ')}</span>
          <span className="block">{lacksInWords(lacks)}</span>
          {citizen.isOutside ? <span className="block">{OUTSIDE_QUOTA}</span> : null}
          <span className="block">
            <AssignmentStatus state={state} /> {standingOf(citizen)}
          </span>
          {note === null ? null : <span className="block">{note}</span>}
          {team === null ? null : <span className="block">{team}</span>}
        </>
      }
      aside={
        state === 'done' || state === 'refused' ? undefined : (
          <div className="actions">
            <CallButton {...citizen} />
            <MapButton {...citizen} />
          </div>
        )
      }
    />
  )
}

/** The same in one line, for the home page. */
export function AssignedLine({ citizen }: { citizen: AssignedCitizen }) {
  const { id, name, hamlet, communeName, state } = citizen
  const standing =
    state === 'appointment'
      ? describeAppointment(citizen)
      : [labels.assignmentState[state].toLowerCase(), describeCall(citizen)].filter(Boolean).join(', ')
  return (
    <Row
      title={<Link to={`/phan-cong/${id}`}>{name}</Link>}
      detail={`${[hamlet, communeName].filter(Boolean).join(', ')} · ${standing}`}
      aside={<CallButton {...citizen} />}
    />
  )
}
