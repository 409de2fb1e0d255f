import type { Province } from '#app/domain/province.ts'
import { BLOCKS, type Block, INDICATORS } from '#app/domain/vocabulary.ts'
import { capitalize } from '#app/text/board.ts'
import { formatNumber, formatShare } from '#app/text/format.ts'
import { provinceTitle } from '#app/text/province.ts'
import {
  explainCampaignDay,
  explainPeriod,
  explainResult,
  formatRounded,
  indicatorPlain,
  officialStatisticsNote,
  publicTitle,
  roundingNote,
  severalNote,
} from '#app/text/public-board.ts'
import { labels } from '#app/text/vocabulary.ts'
import { EmptyState } from './empty-state.tsx'
import { Figure } from './figure.tsx'
import {
  IndicatorCards,
  type LocalityLine,
  LocalityTable,
  type PointLine,
  PointTable,
  type PublicIndicator,
  PublicTileMap,
  type UnitLine,
  UnitTable,
} from './public-board.tsx'
import { PublicDocument, type PublicSite } from './public-document.tsx'
import { Sheet } from './sheet.tsx'

type Campaign = {
  code: string
  name: string
  headline: string
  startsOn: string
  endsOn: string
  days: number
  day: number
}

/** Everything that the three public pages are drawn from. */
export type ProvincePage = {
  province: Pick<Province, 'name' | 'type'>
  campaign: Campaign
  asOf: string
  /** "12/6/2024, 00:01": of the figures from records; null: none published yet */
  takenAt: string | null
  people: number | null
  indicators: readonly PublicIndicator[]
  localities: readonly LocalityLine[]
  blocks: readonly { block: Block; units: readonly UnitLine[] }[]
  /** districts that have any, each with its points */
  points: readonly { district: string; points: readonly PointLine[] }[]
  publicUrl: string
  /** the address below which the campaign's pages lie */
  base: string
}

const MAP_INDICATOR = 'eid_activated'

/** Describes the page in one sentence for previews of the link: the day and how far activation has come. */
export function describeProvince({ campaign, indicators }: Pick<ProvincePage, 'campaign' | 'indicators'>): string {
  const activation = indicators.find(line => line.indicator === MAP_INDICATOR)
  const figure = activation ? ` ${indicatorPlain[MAP_INDICATOR].name}: ${explainResult(activation)}.` : ''
  return `${explainCampaignDay(campaign)}.${figure}`
}

function CampaignDay({ campaign }: { campaign: Campaign }) {
  const passed = Math.min(campaign.days, Math.max(0, campaign.day))
  return (
    <Figure label={`Kế hoạch ${campaign.code}`} value={explainCampaignDay(campaign)}>
      <svg className="nested-bar" aria-hidden="true">
        <rect className="fill-track" y="4" height="14" rx="3" width="100%" />
        <rect className="fill-verified" y="4" height="14" rx="3" width={`${(passed / campaign.days) * 100}%`} />
      </svg>
      <p className="small">{explainPeriod(campaign)}</p>
    </Figure>
  )
}

function DistrictMap({ localities, base }: { localities: readonly LocalityLine[]; base: string }) {
  return (
    <PublicTileMap
      label="Mức hoàn thành chỉ tiêu kích hoạt định danh điện tử theo huyện"
      tiles={localities.flatMap(({ code, name, indicators }) => {
        const line = indicators.find(candidate => candidate.indicator === MAP_INDICATOR)
        return line?.total ? [{ code, name: shortName(name), value: line.value, total: line.total }] : []
      })}
      base={base}
    />
  )
}

const shortName = (name: string) => name.replace(/^(thành phố|thị xã|huyện) /i, '')

/** What the public page shows where several campaigns run: which, each with its own page. */
export function CampaignList({
  site,
  campaigns,
}: {
  site: PublicSite
  campaigns: readonly { to: string; code: string; name: string; startsOn: string; endsOn: string }[]
}) {
  return (
    <PublicDocument site={site} path="/cong-khai" title={publicTitle(site.province)} description={severalNote} asOf="">
      <div className="stack">
        <header className="page-heading">
          <div>
            <h1>Các đợt cao điểm đang thực hiện</h1>
            <p className="small">{severalNote}</p>
          </div>
        </header>
        <ul className="rows">
          {campaigns.map(campaign => (
            <li key={campaign.to} className="row">
              <div>
                <a href={campaign.to}>Kế hoạch {campaign.code}</a>
                <div className="small">
                  {campaign.name}. {explainPeriod(campaign)}.
                </div>
              </div>
            </li>
          ))}
        </ul>
      </div>
    </PublicDocument>
  )
}

/** The whole province. */
export function ProvincePublicPage(page: ProvincePage) {
  return (
    <div className="stack">
      <header className="page-heading">
        <div>
          <h1>
            {provinceTitle(page.province)}: {page.campaign.headline}
          </h1>
          <p className="small">{page.asOf}</p>
        </div>
      </header>
      <div className="figures">
        <CampaignDay campaign={page.campaign} />
        <Figure
          label="Người dân được hỗ trợ"
          value={page.people === null ? '–' : `khoảng ${formatNumber(page.people)}`}
        >
          <p className="small">
            Người dân được cán bộ, công chức, đoàn viên, hội viên hướng dẫn và kích hoạt thành công, đã được đơn vị xác
            nhận. {takenNote(page.takenAt)}
          </p>
        </Figure>
      </div>
      <section className="stack">
        <h2>Năm chỉ tiêu của toàn tỉnh</h2>
        <IndicatorCards indicators={page.indicators} />
      </section>
      <Sheet title="Kích hoạt định danh điện tử theo huyện" note="Bấm vào một huyện để xem các xã">
        <DistrictMap localities={page.localities} base={page.base} />
      </Sheet>
      <Sheet title="Theo huyện, thị xã, thành phố" note="Kết quả / chỉ tiêu">
        <LocalityTable caption="Chỉ tiêu theo huyện" indicators={INDICATORS} rows={page.localities} />
      </Sheet>
      <Sheet title={POINTS.title} note={POINTS.note}>
        {page.points.length === 0 ? POINTS.empty : null}
        {page.points.map(({ district, points }) => (
          <details key={district} className="disclosure">
            <summary>
              {district} · {formatNumber(points.length)} điểm
            </summary>
            <PointTable rows={points} empty={null} />
          </details>
        ))}
      </Sheet>
      <Sheet title="Các cơ quan, đơn vị" note={takenNote(page.takenAt)}>
        {page.blocks.map(({ block, units }) => (
          <details key={block} className="disclosure">
            <summary>
              {labels.block[block]} · {formatNumber(units.length)} đơn vị
            </summary>
            <UnitTable caption={labels.block[block]} rows={units} />
          </details>
        ))}
      </Sheet>
      <Notes campaignCode={page.campaign.code} />
      <Sheet title="Dùng lại số liệu">
        <p>
          <a href={page.base === '/cong-khai' ? '/cong-khai.json' : `${page.base}/so-lieu.json`}>
            Số liệu trên trang này dạng JSON
          </a>
          , cập nhật cùng lúc với trang. Để đặt bảng tóm tắt vào trang của anh/chị, dùng khung sau:
        </p>
        <p className="public-code">
          <code>{`<iframe src="${page.publicUrl}${page.base}/nhung" width="100%" height="640" title="Tiến độ 4 phủ ${page.province.name}"></iframe>`}</code>
        </p>
      </Sheet>
    </div>
  )
}

function takenNote(takenAt: string | null): string {
  return takenAt === null ? 'Chưa có số công bố.' : `Số làm tròn, lúc ${takenAt}.`
}

const POINTS = {
  title: 'Điểm làm căn cước, định danh điện tử',
  note: 'Hôm nay và 14 ngày tới',
  empty: (
    <EmptyState title="Chưa có lịch trong 14 ngày tới">
      Anh/chị có thể đến Công an xã, phường, thị trấn nơi ở trong giờ làm việc.
    </EmptyState>
  ),
}

function Notes({ campaignCode }: { campaignCode: string }) {
  return (
    <Sheet title="Về các con số">
      <p className="small">{officialStatisticsNote(campaignCode)}</p>
      <p className="small">{roundingNote}</p>
    </Sheet>
  )
}

type DistrictPage = Pick<
  ProvincePage,
  'province' | 'campaign' | 'asOf' | 'takenAt' | 'people' | 'indicators' | 'base'
> & {
  points: readonly PointLine[]
  name: string
  communes: readonly LocalityLine[]
  units: readonly UnitLine[]
}

/** One district with its communes and its units. */
export function DistrictPublicPage(page: DistrictPage) {
  const withFigures = INDICATORS.filter(indicator =>
    page.communes.some(row => row.indicators.some(line => line.indicator === indicator)),
  )
  return (
    <div className="stack">
      <header className="page-heading">
        <div>
          <nav aria-label="Đường dẫn">
            <ol className="crumbs">
              <li>
                <a href={page.base}>{provinceTitle(page.province)}</a>
              </li>
            </ol>
          </nav>
          <h1>{capitalize(page.name)}</h1>
          <p className="small">
            {page.asOf} · {explainCampaignDay(page.campaign)}
          </p>
        </div>
      </header>
      <section className="stack">
        <h2>Năm chỉ tiêu</h2>
        <IndicatorCards indicators={page.indicators} />
      </section>
      <Sheet
        title="Theo xã, phường, thị trấn"
        note={`Người dân được hỗ trợ ở cả địa bàn: ${formatRounded(page.people)}`}
      >
        <LocalityTable caption="Theo xã, phường, thị trấn" indicators={withFigures} rows={page.communes} />
        <p className="small">
          {takenNote(page.takenAt)} Phụ lục giao chỉ tiêu đến cấp huyện, không giao riêng từng xã.
        </p>
      </Sheet>
      <Sheet title={POINTS.title} note={POINTS.note}>
        <PointTable rows={page.points} empty={POINTS.empty} />
      </Sheet>
      <Sheet title="Các đơn vị trên địa bàn" note={takenNote(page.takenAt)}>
        <UnitTable caption="Các đơn vị trên địa bàn" rows={page.units} />
      </Sheet>
      <Notes campaignCode={page.campaign.code} />
    </div>
  )
}

/** The short form that other sites put into a frame. */
export function EmbeddedPublicPage({ campaign, province, asOf, indicators, localities, base }: ProvincePage) {
  return (
    <div className="stack">
      <h1>
        “4 phủ” {province.name} · {explainCampaignDay(campaign)}
      </h1>
      <ul className="rows">
        {indicators.map(line => (
          <li key={line.indicator} className="row">
            <div>
              {indicatorPlain[line.indicator].name}
              <div className="small">{explainResult(line)}</div>
            </div>
            <b className="row-aside">
              {line.value === null || line.total === null ? '–' : formatShare(line.value, line.total)}
            </b>
          </li>
        ))}
      </ul>
      <DistrictMap localities={localities} base={base} />
      <p className="small">
        {asOf}. <a href={base}>Xem đầy đủ</a>
      </p>
    </div>
  )
}

/** Blocks in their order, each with its units of the first level. */
export function unitsByBlock(units: readonly (UnitLine & { block: Block })[]): ProvincePage['blocks'] {
  return BLOCKS.map(block => ({ block, units: units.filter(unit => unit.block === block) })).filter(
    ({ units: listed }) => listed.length > 0,
  )
}
