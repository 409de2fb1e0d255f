import { Fragment, type KeyboardEvent, type SelectHTMLAttributes, useEffect, useRef, useState } from 'react'
import { foldWords } from '#app/domain/name.ts'
import { formatNumber } from '#app/text/format.ts'

/** Options under a heading; '' for none. */
export type OptionGroup = { label: string; options: readonly { value: string; label: string }[] }

/** Communes in the groups of a select, under their districts. */
export const communeGroups = (
  areas: readonly { district: string; communes: readonly { code: string; name: string }[] }[],
): OptionGroup[] =>
  areas.map(({ district, communes }) => ({
    label: district,
    options: communes.map(({ code, name }) => ({ value: code, label: name })),
  }))

/** A select with more options than this is narrowed by typing. */
const MANY = 30

/**
 * A select in groups. Where it is long, a field above it narrows the options by the words typed, with or without marks,
 * and chooses the only one left. Without a script it is the plain select. The words typed are never sent.
 */
export function LongSelect({
  groups,
  placeholder = 'Chọn',
  ...select
}: { groups: readonly OptionGroup[]; placeholder?: string } & Omit<
  SelectHTMLAttributes<HTMLSelectElement>,
  'children' | 'className'
>) {
  const place = useRef<HTMLSelectElement>(null)
  const [words, setWords] = useState('')
  const total = groups.reduce((sum, { options }) => sum + options.length, 0)
  const chosen = place.current?.value ?? ''
  const narrowed = narrow(groups, words)
  const found = narrowed.flatMap(({ options }) => options)
  const only = words !== '' && found.length === 1 ? found[0]?.value : undefined
  useEffect(() => {
    if (only !== undefined && place.current) choose(place.current, only)
  }, [only])
  if (total <= MANY)
    return (
      <select {...select} className="control">
        <option value="">{placeholder}</option>
        <Groups groups={groups} />
      </select>
    )
  return (
    <>
      <div className="long-select scripted">
        <input
          type="search"
          className="control"
          aria-label="Gõ để tìm trong danh sách"
          aria-controls={select.id}
          placeholder="Gõ vài chữ để tìm, có dấu hoặc không"
          autoComplete="off"
          value={words}
          onChange={event => setWords(event.currentTarget.value)}
          onKeyDown={keepForm}
        />
        <p className="small" role="status">
          {words === ''
            ? ''
            : found.length === 0
              ? 'Không có tên nào phù hợp'
              : `${formatNumber(found.length)} tên phù hợp`}
        </p>
      </div>
      <select {...select} ref={place} className="control">
        <option value="">{placeholder}</option>
        <Groups groups={words === '' ? groups : withChosen(narrowed, groups, chosen)} />
      </select>
    </>
  )
}

function Groups({ groups }: { groups: readonly OptionGroup[] }) {
  return groups.map(({ label, options }) => {
    const lines = options.map(({ value, label }) => (
      <option key={value} value={value}>
        {label}
      </option>
    ))
    return label === '' ? (
      <Fragment key={label}>{lines}</Fragment>
    ) : (
      <optgroup key={label} label={label}>
        {lines}
      </optgroup>
    )
  })
}

/**
 * The options whose names hold every word; where there are none, those that do together with their group's name. Groups
 * without any are left out.
 *
 * @internal asked for by tests alone
 */
export function narrow(groups: readonly OptionGroup[], text: string): OptionGroup[] {
  const words = foldWords(text).split(' ').filter(Boolean)
  const among = (nameOf: (label: string, group: string) => string) =>
    groups.flatMap(group => {
      const options = group.options.filter(({ label }) => {
        const name = foldWords(nameOf(label, group.label))
        return words.every(word => name.includes(word))
      })
      return options.length === 0 ? [] : [{ ...group, options }]
    })
  const own = among(label => label)
  return own.length > 0 ? own : among((label, group) => `${label} ${group}`)
}

/** The narrowed options, and the one that is chosen: a choice is not lost by looking for another. */
function withChosen(narrowed: readonly OptionGroup[], groups: readonly OptionGroup[], chosen: string) {
  const has = ({ options }: OptionGroup) => options.some(({ value }) => value === chosen)
  const home = groups.find(has)
  if (home === undefined || narrowed.some(has)) return narrowed
  const options = home.options.filter(({ value }) => value === chosen)
  const isShown = narrowed.some(({ label }) => label === home.label)
  if (!isShown) return [...narrowed, { ...home, options }]
  return narrowed.map(group =>
    group.label === home.label ? { ...group, options: [...options, ...group.options] } : group,
  )
}

/** Chooses as a person would, so that the form and its draft notice. */
function choose(select: HTMLSelectElement, value: string) {
  if (select.value === value) return
  select.value = value
  select.dispatchEvent(new Event('input', { bubbles: true }))
  select.dispatchEvent(new Event('change', { bubbles: true }))
}

/** Enter ends the search, not the form. */
function keepForm(event: KeyboardEvent) {
  if (event.key === 'Enter') event.preventDefault()
}
