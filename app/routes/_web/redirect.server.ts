import { redirect } from '@remix-run/node'
import { type FigureOf, type NoticeAt, noticeTo } from '#app/text/notice.ts'

/** Leads to a page and its notice, as in `redirectWith('/ho-tro/12', 'da-luu')`; `noticeTo` says what compiles. */
export const redirectWith = <To extends string, Name extends NoticeAt<To>>(
  to: To,
  name: Name,
  ...figure: FigureOf<To, Name>
) => redirect(noticeTo(to, name, ...figure))
