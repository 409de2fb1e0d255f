import { foldName } from './name.ts'

/** Hours and minutes as people write them: "17:30", "17h30", "17.30", "17 giờ 30", "17h", "5 rưỡi". */
const TIME = /^(\d{1,2})(?: ?(?:[:.h]|gio|g) ?(?:([0-5]?\d|ruoi)(?: ?(?:phut|p))?)?| (ruoi))$/

/** Parts of the day that may follow, and the hours after noon that each of them means. */
const PARTS: readonly { words: RegExp; isLater: (hour: number) => boolean }[] = [
  { words: / ?(sang|am)$/, isLater: () => false },
  { words: / ?(trua)$/, isLater: hour => hour < 4 },
  { words: / ?(chieu|toi|pm)$/, isLater: hour => hour < 12 },
]

/**
 * Reads a time of day as it is spoken: "17h30", "5h chiều", "8 giờ rưỡi sáng". Returns "17:30"; undefined for anything
 * else. Without a part of the day the hours are those of the clock: "5h" is 05:00.
 */
export function readSpokenTime(text: string): string | undefined {
  const words = foldName(text)
  const part = PARTS.find(row => row.words.test(words))
  const [, hours = '', minutes, half] = TIME.exec(part ? words.replace(part.words, '').trim() : words) ?? []
  if (hours === '') return undefined
  const named = Number(hours)
  const hour = part?.isLater(named) ? named + 12 : named
  if (hour > 23) return undefined
  const minute = minutes === 'ruoi' || half ? '30' : (minutes ?? '0')
  return `${String(hour).padStart(2, '0')}:${minute.padStart(2, '0')}`
}
