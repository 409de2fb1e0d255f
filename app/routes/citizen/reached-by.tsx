import { REACHED_BY } from '#app/domain/vocabulary.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'

/** Asks how the citizen was reached other than by the code that an official handed out; `question` says what for. */
export function ReachedBy({ question }: { question: string }) {
  return (
    <fieldset className="field">
      <legend>{question}</legend>
      {REACHED_BY.map(way => (
        <label key={way} className="choice">
          <input type="radio" name="reachedBy" value={way} required /> {officeLabels.reachedBy[way]}
        </label>
      ))}
    </fieldset>
  )
}
