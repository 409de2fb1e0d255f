import type { LoaderFunctionArgs } from '@remix-run/node'
import { PublicDocument } from '#app/ui/public-document.tsx'
import { describeProvince, ProvincePublicPage } from '#app/ui/public-pages.tsx'
import { answerPublicPage, provincePage, publicBoard } from './page.server.tsx'

/** The public page: for everybody, without sign-in or script. */
export function loader(args: LoaderFunctionArgs) {
  return answerPublicPage(args, site => {
    const page = provincePage(publicBoard(), site.publicUrl)
    return (
      <PublicDocument
        site={site}
        path="/cong-khai"
        title="Tiến độ “4 phủ” tỉnh Bình Phước"
        description={describeProvince(page)}
        asOf={page.asOf}
      >
        <ProvincePublicPage {...page} />
      </PublicDocument>
    )
  })
}
