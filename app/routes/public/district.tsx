import type { LoaderFunctionArgs } from '@remix-run/node'
import { capitalize } from '#app/text/board.ts'
import { PublicDocument } from '#app/ui/public-document.tsx'
import { DistrictPublicPage, describeProvince } from '#app/ui/public-pages.tsx'
import { answerPublicPage, baseOf, localitiesBelow, pointsIn, publicBoard, stamps, unitLine } from './page.server.tsx'

/** A district on the public page. */
export function loader(args: LoaderFunctionArgs) {
  return answerPublicPage(args, site => {
    const read = publicBoard(args.params)
    const base = baseOf(args.params)
    const district = read?.localities.find(row => row.code === args.params.code && row.level === 'district')
    if (!read || !district) return undefined
    const governing = read.units.find(row => row.kind === 'district' && row.localityCode === district.code)
    const page = {
      ...stamps(read),
      campaign: read.campaign,
      base,
      province: site.province,
      name: district.name,
      people: district.people,
      indicators: district.indicators,
      communes: localitiesBelow(read, district.code, base),
      units: read.units.filter(row => row === governing || row.parentId === governing?.id).map(unitLine),
      points: pointsIn(read, district.code),
    }
    return (
      <PublicDocument
        site={site}
        path={`${base}/dia-ban/${district.code}`}
        title={`Tiến độ “4 phủ”: ${capitalize(district.name)}`}
        description={describeProvince(page)}
        asOf={page.asOf}
      >
        <DistrictPublicPage {...page} />
      </PublicDocument>
    )
  })
}
