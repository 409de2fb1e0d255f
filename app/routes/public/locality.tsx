import type { LoaderFunctionArgs } from '@remix-run/node'
import { capitalize } from '#app/text/board.ts'
import { PublicDocument } from '#app/ui/public-document.tsx'
import { describeProvince, LocalityPublicPage } from '#app/ui/public-pages.tsx'
import {
  answerPublicPage,
  baseOf,
  hasPage,
  localitiesBelow,
  pointsIn,
  publicBoard,
  stamps,
  unitLine,
} from './page.server.tsx'

/** What lies directly below the province, on the public page: a district, or a commune where there is none. */
export function loader(args: LoaderFunctionArgs) {
  return answerPublicPage(args, site => {
    const read = publicBoard(args.params)
    if (!read) return undefined
    const base = baseOf(args.params)
    const locality = read.localities.find(row => row.code === args.params.code && hasPage(read, row))
    if (!locality) return undefined
    const governing = read.units.find(
      row => row.localityCode === locality.code && (row.kind === 'district' || row.kind === 'commune'),
    )
    const page = {
      ...stamps(read),
      campaign: read.campaign,
      base,
      province: site.province,
      name: locality.name,
      people: locality.people,
      names: read.indicators,
      indicators: locality.indicators,
      communes: locality.level === 'district' ? localitiesBelow(read, locality.code, base) : [],
      units: read.units.filter(row => row === governing || row.parentId === governing?.id).map(unitLine),
      points: pointsIn(read, locality.code),
    }
    return (
      <PublicDocument
        site={site}
        path={`${base}/dia-ban/${locality.code}`}
        title={`Tiến độ “4 phủ”: ${capitalize(locality.name)}`}
        description={describeProvince(page)}
        asOf={page.asOf}
      >
        <LocalityPublicPage {...page} />
      </PublicDocument>
    )
  })
}
