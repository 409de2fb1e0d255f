import type { LoaderFunctionArgs } from '@remix-run/node'
import { progressTitle } from '#app/text/public-board.ts'
import { PublicDocument } from '#app/ui/public-document.tsx'
import { describeProvince, EmbeddedPublicPage } from '#app/ui/public-pages.tsx'
import { answerPublicPage, baseOf, provincePage, publicBoard } from './page.server.tsx'

/** The short form for other sites' frames. */
export function loader(args: LoaderFunctionArgs) {
  return answerPublicPage(args, site => {
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
        isEmbedded
      >
        <EmbeddedPublicPage {...page} />
      </PublicDocument>
    )
  })
}
