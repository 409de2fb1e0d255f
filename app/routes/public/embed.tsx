import type { LoaderFunctionArgs } from '@remix-run/node'
import { PublicDocument } from '#app/ui/public-document.tsx'
import { describeProvince, EmbeddedPublicPage } from '#app/ui/public-pages.tsx'
import { answerPublicPage, baseOf, provincePage, publicBoard } from './page.server.tsx'

/** The short form for other sites' frames. */
export function loader(args: LoaderFunctionArgs) {
  return answerPublicPage(args, site => {
    const read = publicBoard(args.params)
    if (!read) return undefined
    const base = baseOf(args.params)
    const page = provincePage(read, { publicUrl: site.publicUrl, base })
    return (
      <PublicDocument
        site={site}
        path={base}
        title="Tiến độ “4 phủ” tỉnh Bình Phước"
        description={describeProvince(page)}
        asOf={page.asOf}
        isEmbedded
      >
        <EmbeddedPublicPage {...page} />
      </PublicDocument>
    )
  })
}
