import type { IndicatorWord } from '#app/domain/indicator-word.ts'
import { indicatorWordLabels } from '#app/text/indicator.ts'
import { Icon, type IconName } from './icon.tsx'
import { Status, type Tone } from './status.tsx'

const TONES: Record<IndicatorWord, Tone> = {
  reached: 'done',
  on_time: 'doing',
  may_miss: 'check',
  will_miss: 'late',
  old_figure: 'neutral',
  no_figures: 'neutral',
  no_target: 'neutral',
}

/** What is said of an indicator, or of a unit's pace, by icon, word and colour. */
export function IndicatorMark({ word }: { word: IndicatorWord }) {
  return <Status tone={TONES[word]}>{indicatorWordLabels[word]}</Status>
}

const ICONS: Record<IndicatorWord, IconName> = {
  reached: 'check',
  on_time: 'half',
  may_miss: 'question',
  will_miss: 'triangle',
  old_figure: 'dash',
  no_figures: 'dash',
  no_target: 'dash',
}

/** The same without a colour, for a ground that has one. */
export function IndicatorWordText({ word }: { word: IndicatorWord }) {
  return (
    <span className="tile-status">
      <Icon name={ICONS[word]} /> {indicatorWordLabels[word]}
    </span>
  )
}
