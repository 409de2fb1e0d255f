import type { LoaderFunctionArgs } from '@remix-run/node'
import { progressTitle } from '#app/text/public-board.ts'
import { PublicDocument } from '#app/ui/public-document.tsx'
import { CampaignList, describeProvince, ProvincePublicPage } from '#app/ui/public-pages.tsx'
import { answerPublicPage, baseOf, campaignsToChoose, provincePage, publicBoard } from './page.server.tsx'

/** The public page: for everybody, without sign-in or script. Where several campaigns run, their list. */
export function loader(args: LoaderFunctionArgs) {
  return answerPublicPage(args, site => {
    const choices = args.params.campaign === undefined ? campaignsToChoose() : []
    if (choices.length > 0) return <CampaignList site={site} campaigns={choices} />
    const read = publicBoard(args.params)
    if (!read) return undefined
    const base = baseOf(args.params)
    const page = provincePage(read, { ...site, base })
    return (
      <PublicDocument
        site={site}
        path={base}
        title={progressTitle(site.province)}
        description={describeProvince(page)}
        asOf={page.asOf}
      >
        <ProvincePublicPage {...page} />
      </PublicDocument>
    )
  })
}
