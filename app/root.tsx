import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { data } from '@remix-run/node'
import {
  Form,
  isRouteErrorResponse,
  Link,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLoaderData,
  useLocation,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react'
import { type ReactNode, useContext, useEffect, useRef } from 'react'
import { daysBetween } from '#app/domain/calendar.ts'
import { campaignDay } from '#app/domain/pace.ts'
import { EVERY_TERM, isEveryTerm } from '#app/domain/terms.ts'
import { listAccountNotices } from '#app/queries/account-notice.server.ts'
import { hasOtherCampaigns } from '#app/queries/campaign.server.ts'
import { campaignToChoose } from '#app/queries/campaign-choice.server.ts'
import { listIndicators } from '#app/queries/campaign-indicator.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { hasDistricts } from '#app/queries/locality.server.ts'
import { findPlan } from '#app/queries/plan.server.ts'
import { currentProvince } from '#app/queries/province.server.ts'
import { chromeAddress, zaloPhone } from '#app/text/device.ts'
import { formatAsOf, formatDay } from '#app/text/format.ts'
import { noticesAt } from '#app/text/notice.ts'
import { CUT_OFF, isNotOurs, isUnreachable, NOT_OURS, PAGE_ERRORS, UNKNOWN_ERROR } from '#app/text/page-error.ts'
import { placesIn } from '#app/text/plan.ts'
import { provinceInFull } from '#app/text/province.ts'
import { campaignTerms } from '#app/text/terms.ts'
import { labels } from '#app/text/vocabulary.ts'
import { useHeldBack, useOffline } from './offline/use-offline.ts'
import { navigationOf } from './routes/_web/navigation.server.ts'
import { type Visit, visitOf } from './routes/_web/visit.server.ts'
import { AccountNotices } from './ui/account-notices.tsx'
import { Button, buttonClass } from './ui/button.tsx'
import { IconShapes } from './ui/icon.tsx'
import { IndicatorsContext } from './ui/indicators.ts'
import { NonceContext } from './ui/nonce.ts'
import { Notice } from './ui/notice.tsx'
import { Shell } from './ui/page.tsx'
import { useNeedsScript } from './ui/page-handle.ts'
import { PlacesContext } from './ui/places.ts'
import { ProvinceContext } from './ui/province.ts'
import { TermsContext } from './ui/terms.ts'
import './ui/styles.css'

export const links: LinksFunction = () => [
  { rel: 'icon', href: '/bieu-tuong.svg', type: 'image/svg+xml' },
  { rel: 'apple-touch-icon', href: '/bieu-tuong-180.png' },
  { rel: 'manifest', href: '/ung-dung.webmanifest' },
]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const visit = await visitOf(request, context)
  const { name, type, telecomOffice } = currentProvince()
  const body = {
    isDemo: context.isDemo,
    province: { name, type, telecomOffice, hasDistricts: hasDistricts(campaignToday()) },
    zalo: zaloNotice(request, context.publicUrl),
    visit: visit && {
      accountId: visit.actor.accountId,
      isOfficial: visit.actor.officialId !== null,
      name: visit.actor.displayName,
      roles: [...new Set(visit.actor.grants.map(grant => labels.role[grant.role]))],
      campaignId: visit.campaign.id,
      campaignLine: campaignLine(visit),
      places: placesIn(findPlan(visit.campaign.id)),
      held: isEveryTerm(visit.held) ? null : visit.held,
      indicators: listIndicators(visit.campaign.id).map(({ code, name, shortName }) => ({ code, name, shortName })),
      asOf: formatAsOf(visit.at),
      today: formatDay(visit.today),
      campaignCode: visit.campaign.code,
      hasOtherCampaigns: hasOtherCampaigns(),
      navigation: navigationOf(visit.actor),
      notices: listAccountNotices(visit.actor),
    },
  }
  return data(body, visit?.setCookie ? { headers: { 'Set-Cookie': visit.setCookie } } : undefined)
}

/** Where the page opens in Chrome, for whoever reads it in Zalo's own browser; null elsewhere. */
function zaloNotice(request: Request, publicUrl: string) {
  const phone = zaloPhone(request.headers.get('User-Agent') ?? '')
  if (phone === null) return null
  const { pathname, search } = new URL(request.url)
  return { phone, chrome: chromeAddress(`${publicUrl}${pathname.replace(/\.data$/, '')}${search}`, phone) }
}

/** "KH 128/KH-UBND · ngày thứ 70/91": which campaign, and where in it today lies. */
function campaignLine({ campaign, regulation, today }: Visit): string {
  if (campaignToChoose(today) !== undefined) return 'Chưa chọn đợt cao điểm'
  const length = daysBetween(regulation.startsOn, regulation.endsOn) + 1
  const day = campaignDay(today, regulation)
  const place = day < 1 ? 'chưa bắt đầu' : day > length ? 'đã kết thúc' : `ngày thứ ${day}/${length}`
  return `KH ${campaign.code} · ${place}`
}

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useContext(NonceContext)
  const needsScript = useNeedsScript()
  return (
    <html lang="vi">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f6f6f2" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#11171b" />
        <Meta />
        <Links />
      </head>
      <body>
        <IconShapes />
        {children}
        {needsScript ? (
          <>
            <ScrollRestoration nonce={nonce} />
            <Scripts nonce={nonce} />
          </>
        ) : null}
      </body>
    </html>
  )
}

export default function Root() {
  const { province, visit } = useLoaderData<typeof loader>()
  return (
    <ProvinceContext.Provider value={province}>
      <PlacesContext.Provider value={visit?.places ?? {}}>
        <TermsContext.Provider value={campaignTerms(visit?.held ?? EVERY_TERM, visit?.held?.words)}>
          <IndicatorsContext.Provider value={visit?.indicators ?? []}>
            <Frame>
              <Outlet />
            </Frame>
          </IndicatorsContext.Provider>
        </TermsContext.Provider>
      </PlacesContext.Provider>
    </ProvinceContext.Provider>
  )
}

function Frame({ children }: { children: ReactNode }) {
  const loaded = useRouteLoaderData<typeof loader>('root')
  const { pathname } = useLocation()
  const visit = loaded?.visit
  const heldBack = useHeldBack()
  // the shell finds out for itself who is here: kept without a session, it says nobody
  const isTold = loaded !== undefined && pathname !== '/ngoai-tuyen'
  const unsent = useOffline(
    isTold
      ? {
          accountId: visit?.accountId ?? null,
          campaignId: visit?.campaignId ?? null,
          isOfficial: visit?.isOfficial ?? false,
        }
      : undefined,
  )
  return (
    <Shell
      campaign={
        visit?.campaignLine ??
        ['Đợt cao điểm “4 phủ”', loaded && provinceInFull(loaded.province)].filter(Boolean).join(', ')
      }
      asOf={visit?.asOf}
      sample={
        loaded?.isDemo
          ? { day: visit?.today ?? '', change: visit ? <Link to="/ngay-mau">đổi ngày</Link> : undefined }
          : undefined
      }
      navigation={visit?.navigation}
      account={
        visit
          ? { name: visit.name, detail: visit.roles.join(', ') || undefined, menu: <AccountMenu {...visit} /> }
          : undefined
      }
    >
      <AccountNotices notices={visit?.notices ?? []} />
      {loaded?.zalo ? <LeaveZalo {...loaded.zalo} /> : null}
      {heldBack > 0 ? <HeldBack key={heldBack} /> : null}
      {unsent > 0 ? (
        <p className="unsent">
          <a href="/ngoai-tuyen#cho-gui">Còn {unsent} trường hợp trên máy này chưa gửi được</a>
        </p>
      ) : null}
      {children}
    </Shell>
  )
}

/** Says, where it is seen, that a form was not sent and is still there. */
function HeldBack() {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.scrollIntoView({ block: 'center' }), [])
  return (
    <div ref={place}>
      <Notice kind="error" title="Máy đang không có mạng nên chưa gửi được">
        Nội dung anh/chị nhập vẫn còn dưới đây. Khi có mạng, anh/chị bấm lại.
      </Notice>
    </div>
  )
}

/** Zalo's own browser forgets sign-ins and cannot keep records without a network: told before anything is typed. */
function LeaveZalo({ phone, chrome }: { phone: 'android' | 'ios'; chrome: string }) {
  return (
    <Notice kind="warning" title="Anh/chị đang mở trong Zalo">
      <p>Để không phải đăng nhập lại và không mất nội dung đang nhập, anh/chị mở trang này bằng Chrome.</p>
      <p>
        <a className={buttonClass({})} href={chrome}>
          Mở bằng Chrome
        </a>
      </p>
      {phone === 'ios' ? (
        <p className="small">Nếu máy chưa có Chrome: bấm biểu tượng ba chấm ở góc trên, chọn “Mở bằng trình duyệt”.</p>
      ) : null}
    </Notice>
  )
}

function AccountMenu({
  campaignCode,
  hasOtherCampaigns,
  isOfficial,
}: {
  campaignCode: string
  hasOtherCampaigns: boolean
  isOfficial: boolean
}) {
  return (
    <>
      <Link to="/tai-khoan">Tài khoản và phiên đăng nhập</Link>
      {isOfficial ? <a href="/ngoai-tuyen">Dùng khi không có mạng</a> : null}
      {hasOtherCampaigns ? <Link to="/dot">Đổi đợt cao điểm ({campaignCode})</Link> : null}
      <Form method="post" action="/dang-xuat">
        <Button type="submit" variant="quiet">
          Đăng xuất
        </Button>
      </Form>
    </>
  )
}

/** What was saved before the page that should say so could not be reached. */
function Told({ pathname, search }: { pathname: string; search: string }) {
  return noticesAt(pathname, new URLSearchParams(search)).map(({ name, text, ...notice }) => (
    <Notice key={name} {...notice}>
      {text}
    </Notice>
  ))
}

export function ErrorBoundary() {
  const error = useRouteError()
  const { pathname, search } = useLocation()
  const isCutOff = isUnreachable(error)
  const known = isRouteErrorResponse(error)
    ? PAGE_ERRORS[error.status]
    : isCutOff
      ? CUT_OFF
      : isNotOurs(error)
        ? NOT_OURS
        : undefined
  const requestId = isRouteErrorResponse(error) ? (error.data as { requestId?: string } | null)?.requestId : undefined
  const { title, text: usual } = known ?? UNKNOWN_ERROR
  // the server says why it could not keep anything
  const isTold = isRouteErrorResponse(error) && error.status === 503 && typeof error.data === 'string'
  const text = isTold && error.data !== '' ? error.data : usual
  return (
    <Frame>
      <div className="stack">
        <h1>{title}</h1>
        {isCutOff ? <Told pathname={pathname} search={search} /> : null}
        <p>{text}</p>
        {requestId ? (
          <p className="small">
            Mã yêu cầu: <code>{requestId}</code>. Khi báo lỗi, anh/chị gửi kèm mã này.
          </p>
        ) : null}
        <p>{isCutOff ? <a href="/ngoai-tuyen">Mở phần dùng ngoại tuyến</a> : <Link to="/">Về trang chính</Link>}</p>
      </div>
    </Frame>
  )
}
