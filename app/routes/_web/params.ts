import { useSearchParams } from '@remix-run/react'
import { type Day, isDay } from '#app/domain/calendar.ts'
import { cutText } from '#app/domain/letters.ts'

/** One parameter of an address: how its values are read, and written; a default is written as no value. */
export type Param<T> = {
  name: string
  read(values: readonly string[]): T
  write(value: T): readonly string[]
  /** all values that it knows, where they are few */
  words?: readonly string[]
}

const single = <T>(name: string, read: (value: string | undefined) => T, write: (value: T) => string | undefined) => ({
  name,
  read: ([value]: readonly string[]) => read(value),
  write: (value: T) => {
    const written = write(value)
    return written === undefined ? [] : [written]
  },
})

/** The value as it was typed; undefined: the address has none. */
export const given = (name: string): Param<string | undefined> =>
  single(
    name,
    value => value,
    value => value,
  )

/** Text without spaces around it, cut after `most` characters; '' where there is none. */
export const text = (name: string, most = 300): Param<string> =>
  single(
    name,
    value => cutText(value ?? '', most).trim(),
    value => value || undefined,
  )

/** One of `words`, written as `slugs` has it; undefined where the address names none of them. */
export const word = <const W extends string>(
  name: string,
  words: readonly W[],
  slugs: Partial<Record<W, string>> = {},
): Param<W | undefined> => {
  const slugOf = (known: W) => slugs[known] ?? known
  const find = (value: string | undefined) => words.find(known => slugOf(known) === value)
  return { ...single(name, find, known => known && slugOf(known)), words: words.map(slugOf) }
}

/** A value of this form, such as `o12`; undefined where the address has none. */
export const matching = (name: string, form: RegExp): Param<string | undefined> =>
  single(
    name,
    value => (value !== undefined && form.test(value) ? value : undefined),
    value => value,
  )

/** All values of this form under one name. */
export const several = (name: string, form: RegExp): Param<readonly string[]> => ({
  name,
  read: values => values.filter(value => form.test(value)),
  write: values => values,
})

/** A number from 1 up, such as an id; undefined where the address has none. */
export const id = (name: string): Param<number | undefined> =>
  single(
    name,
    value => (value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) || undefined : undefined),
    value => (value === undefined ? undefined : String(value)),
  )

/** Whether the address has `on` under this name. */
export const flag = (name: string, on: string): Param<boolean> => ({
  ...single(
    name,
    value => value === on,
    value => (value ? on : undefined),
  ),
  words: [on],
})

/** A calendar day; undefined where the address has none. */
export const day = (name: string): Param<Day | undefined> =>
  single(
    name,
    value => (value !== undefined && isDay(value) ? value : undefined),
    value => value,
  )

/** Ids under one name, at most as many as one transaction takes. */
export const ids = (name: string): Param<readonly number[]> => ({
  name,
  read: values =>
    values
      .filter(value => /^\d{1,15}$/.test(value))
      .map(Number)
      .slice(0, 200),
  write: value => value.map(String),
})

type Params = Record<string, Param<unknown>>
type Values<P extends Params> = { [Key in keyof P]: P[Key] extends Param<infer T> ? T : never }

/** The parameters of a page: reads them from an address, and adds some of them to the address of the page. */
export function query<P extends Params>(params: P) {
  const read = (from: URL | URLSearchParams) => {
    const search = from instanceof URL ? from.searchParams : from
    return Object.fromEntries(
      Object.entries(params).map(([key, { name, read }]) => [key, read(search.getAll(name))]),
    ) as Values<P>
  }
  const written = (values: Partial<Values<P>>) =>
    Object.entries(params).flatMap(([key, { name, write }]) =>
      key in values ? write(values[key]).map(value => [name, value]) : [],
    )
  const to = (path: string, values: Partial<Values<P>>) => {
    const search = new URLSearchParams(written(values))
    return search.size === 0 ? path : `${path}${path.includes('?') ? '&' : '?'}${search}`
  }
  /** Names and values, as a form carries them in hidden fields. */
  const fields = (values: Partial<Values<P>>): Record<string, string> => Object.fromEntries(written(values))
  return { params, read, to, fields }
}

/** The parameters of the page that is open. */
export const useQuery = <P extends Params>(page: ReturnType<typeof query<P>>) => page.read(useSearchParams()[0])

/** Why an act was refused, on the page that it led back to. */
export const refusedPage = query({ refusal: given('khong-duoc') })
/** The rows that a list's form chose. */
export const chosenRows = query({ ids: ids('chon') })
/** The day of a document. */
export const paperPage = query({ day: day('ngay') })
/** The saved layout of a table. */
export const layoutPage = query({ layoutId: id('mau') })
