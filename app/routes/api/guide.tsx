import type { LoaderFunctionArgs } from '@remix-run/node'
import { apiTitle } from '#app/text/api.ts'
import { ApiGuide } from '#app/ui/api-guide.tsx'
import { PublicDocument } from '#app/ui/public-document.tsx'
import { answerPublicPage } from '../public/page.server.tsx'

/** The interface in words. */
export function loader(args: LoaderFunctionArgs) {
  return answerPublicPage(args, site => (
    <PublicDocument
      site={site}
      path="/api/v1"
      title={apiTitle(site.province.name)}
      description="Số liệu tổng hợp của đợt cao điểm cho phần mềm của các cơ quan."
      asOf="Phiên bản 1"
    >
      <ApiGuide publicUrl={site.publicUrl} province={site.province.name} hasDistricts={site.hasDistricts} />
    </PublicDocument>
  ))
}
