import { useEffect, useState } from 'react'
import type { Outcome } from '#app/domain/vocabulary.ts'
import { inWords } from '#app/text/format.ts'
import { Button } from './button.tsx'

/** A button for the usual visit: every required outcome was achieved on the day of the visit. */
export function AllAchieved({ outcomes }: { outcomes: readonly Outcome[] }) {
  const [isLive, setIsLive] = useState(false)
  useEffect(() => setIsLive(true), [])
  if (outcomes.length < 2) return null
  return (
    <div className={isLive ? undefined : 'coming'}>
      <Button variant="quiet" onClick={({ currentTarget: { form } }) => form && markAchieved(form, outcomes)}>
        Cả {inWords(outcomes.length)} đều đạt trong ngày hỗ trợ
      </Button>
    </div>
  )
}

function markAchieved(form: HTMLFormElement, outcomes: readonly Outcome[]) {
  const visit = form.elements.namedItem('helpedOn')
  for (const outcome of outcomes) {
    const day = form.elements.namedItem(`outcome_${outcome}_on`)
    if (day instanceof HTMLInputElement && visit instanceof HTMLInputElement && visit.value !== '')
      day.value = visit.value
    for (const option of [...form.elements])
      if (option instanceof HTMLInputElement && option.name === `outcome_${outcome}` && option.value === 'achieved')
        option.click()
  }
}
