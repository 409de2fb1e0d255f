import type { ReactNode } from 'react'
import type { Province } from '#app/domain/province.ts'
import { publicTitle } from '#app/text/public-board.ts'
import { IconShapes } from './icon.tsx'

/** What a public page needs of the site around it. */
export type PublicSite = {
  /** address of the app's stylesheet */
  stylesheet: string
  publicUrl: string
  isDemo: boolean
  province: Pick<Province, 'name' | 'type'>
  /** districts lie between the province and its communes */
  hasDistricts: boolean
}

/**
 * A public page from its doctype down: no script, no sign-in, nothing that depends on who reads it, so that it can be
 * cached, shared, printed and framed.
 */
export function PublicDocument({
  site,
  path,
  title,
  description,
  asOf,
  isEmbedded = false,
  children,
}: {
  site: PublicSite
  path: string
  title: string
  /** one sentence with the figures, for previews of the link */
  description: string
  asOf: string
  isEmbedded?: boolean
  children: ReactNode
}) {
  return (
    <html lang="vi">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · 4 phủ`}</title>
        <meta name="description" content={description} />
        <meta property="og:type" content="website" />
        <meta property="og:locale" content="vi_VN" />
        <meta property="og:site_name" content={publicTitle(site.province)} />
        <meta property="og:title" content={title} />
        <meta property="og:description" content={description} />
        <meta property="og:url" content={`${site.publicUrl}${path}`} />
        <link rel="canonical" href={`${site.publicUrl}${path}`} />
        <link rel="icon" href="/bieu-tuong.svg" type="image/svg+xml" />
        <link rel="stylesheet" href={site.stylesheet} />
        {isEmbedded ? <base target="_blank" /> : null}
      </head>
      <body>
        <IconShapes />
        <div className="shell">
          {isEmbedded ? null : (
            <a href="#noi-dung" className="skip">
              Đến nội dung chính
            </a>
          )}
          {site.isDemo ? (
            <section className="sample" aria-label="Dữ liệu mẫu">
              <span>Dữ liệu mẫu, không phải số liệu thật</span>
            </section>
          ) : null}
          {isEmbedded ? null : (
            <header className="bar">
              <div className="bar-line">
                <a href="/cong-khai" className="brand">
                  4 phủ<span className="brand-rest"> · Công khai tiến độ</span>
                </a>
                <p className="bar-campaign">{asOf}</p>
              </div>
            </header>
          )}
          <main id="noi-dung" tabIndex={-1}>
            {children}
          </main>
        </div>
      </body>
    </html>
  )
}
