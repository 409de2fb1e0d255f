import type { LoaderFunctionArgs } from '@remix-run/node'
import { progressTitle } from '#app/text/public-board.ts'
import { PublicDocument } from '#app/ui/public-document.tsx'
import { describeProvince, EmbeddedPublicPage } from '#app/ui/public-pages.tsx'
import { answerPublicPage, provincePage, publicBoard } from './page.server.tsx'

/** The short form for other sites' frames. */
export function loader(args: LoaderFunctionArgs) {
  return answerPublicPage(args, site => {
    const page = provincePage(publicBoard(), site)
    return (
      <PublicDocument
        site={site}
        path="/cong-khai"
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
