import { indicatorNamed, leadingIndicator } from '#app/domain/campaign-indicator.ts'
import type { Province } from '#app/domain/province.ts'
import { BLOCKS, type Block } from '#app/domain/vocabulary.ts'
import { capitalize } from '#app/text/board.ts'
import { formatNumber, formatShare, inWords } from '#app/text/format.ts'
import { levelWords } from '#app/text/level.ts'
import { provinceTitle } from '#app/text/province.ts'
import {
  communeTargetNote,
  explainCampaignDay,
  explainPeriod,
  explainResult,
  formatRounded,
  officialStatisticsNote,
  publicTitle,
  roundingNote,
  severalNote,
} from '#app/text/public-board.ts'
import { labels } from '#app/text/vocabulary.ts'
import { EmptyState } from './empty-state.tsx'
import { Figure } from './figure.tsx'
import { Folded } from './folded.tsx'
import {
  IndicatorCards,
  type LocalityLine,
  LocalityTable,
  type PlainIndicator,
  type PointLine,
  PointTable,
  type PublicIndicator,
  type UnitLine,
  UnitTable,
} from './public-board.tsx'
import { PublicDocument, type PublicSite } from './public-document.tsx'
import { Sheet } from './sheet.tsx'
import { type Tile, TileMap } from './tile-map.tsx'

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
  today: string
  /** "12/6/2024, 00:01": of the figures from records; null: none published yet */
  takenAt: string | null
  people: number | null
  /** the campaign's indicators in their order; the map draws the leading one */
  names: readonly PlainIndicator[]
  indicators: readonly PublicIndicator[]
  localities: readonly LocalityLine[]
  /** the map in reading order, null: an empty place; empty where the province has no layout */
  cells: readonly (Tile | null)[]
  hasDistricts: boolean
  blocks: readonly { block: Block; units: readonly UnitLine[] }[]
  /** localities below the province that have any, each with its points */
  points: readonly { place: string; points: readonly PointLine[] }[]
  publicUrl: string
  /** the address below which the campaign's pages lie */
  base: string
}

/** Describes the page in one sentence for previews of the link: the day and how far the leading indicator has come. */
export function describeProvince({
  campaign,
  names,
  indicators,
}: Pick<ProvincePage, 'campaign' | 'names' | 'indicators'>): string {
  const leading = leadingIndicator(names)
  const line = indicators.find(({ indicator }) => indicator === leading?.code)
  const figure = leading && line ? ` ${leading.publicName}: ${explainResult(line)}.` : ''
  return `${explainCampaignDay(campaign)}.${figure}`
}

const countedTitle = (indicators: readonly PublicIndicator[]) => `${capitalize(inWords(indicators.length))} chỉ tiêu`

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

function ProvinceMap({ cells, hasDistricts, names }: Pick<ProvincePage, 'cells' | 'hasDistricts' | 'names'>) {
  const { below } = levelWords(hasDistricts)
  return (
    <TileMap
      label={`Mức hoàn thành chỉ tiêu “${leadingIndicator(names)?.publicName}” theo ${below}`}
      cells={cells}
      isPlain
    />
  )
}

/** The whole province. */
export function ProvincePublicPage(page: ProvincePage) {
  const { below, belowInFull } = levelWords(page.hasDistricts)
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
        <h2>{countedTitle(page.indicators)} của toàn tỉnh</h2>
        <IndicatorCards names={page.names} indicators={page.indicators} today={page.today} />
      </section>
      {page.cells.length === 0 ? null : (
        <Sheet
          title={`${leadingIndicator(page.names)?.publicName} theo ${below}`}
          note={page.hasDistricts ? `Bấm vào một ${below} để xem các xã` : undefined}
        >
          <ProvinceMap {...page} />
        </Sheet>
      )}
      <Sheet title={`Theo ${belowInFull}`} note="Kết quả / chỉ tiêu">
        <Folded count={page.localities.length} what={below}>
          <LocalityTable caption={`Chỉ tiêu theo ${below}`} indicators={page.names} rows={page.localities} />
        </Folded>
      </Sheet>
      <Sheet title={POINTS.title} note={POINTS.note}>
        {page.points.length === 0 ? POINTS.empty : null}
        {page.points.map(({ place, points }) => (
          <details key={place} className="disclosure">
            <summary>
              {place} · {formatNumber(points.length)} điểm
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

type LocalityPage = Pick<
  ProvincePage,
  'province' | 'campaign' | 'asOf' | 'today' | 'takenAt' | 'people' | 'names' | 'indicators' | 'base'
> & {
  points: readonly PointLine[]
  name: string
  /** of a district; none below a commune */
  communes: readonly LocalityLine[]
  units: readonly UnitLine[]
}

/** One locality directly below the province, with its communes if it is a district, and its units. */
export function LocalityPublicPage(page: LocalityPage) {
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
        <h2>{countedTitle(page.indicators)}</h2>
        <IndicatorCards names={page.names} indicators={page.indicators} today={page.today} />
      </section>
      <Communes {...page} />
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

const hasTarget = ({ indicators }: LocalityLine) => indicators.some(({ total }) => total !== null)

/** The communes of a district; of a commune the citizens helped there. */
function Communes({ communes, names, people, takenAt }: LocalityPage) {
  const withFigures = names.filter(({ code }) =>
    communes.some(row => row.indicators.some(line => line.indicator === code)),
  )
  if (communes.length === 0)
    return (
      <Sheet title="Người dân được hỗ trợ ở địa bàn" note={takenNote(takenAt)}>
        <p className="figure-value">{formatRounded(people)}</p>
      </Sheet>
    )
  return (
    <Sheet title="Theo xã, phường, thị trấn" note={`Người dân được hỗ trợ ở cả địa bàn: ${formatRounded(people)}`}>
      <LocalityTable caption="Theo xã, phường, thị trấn" indicators={withFigures} rows={communes} />
      <p className="small">
        {takenNote(takenAt)} {communes.some(hasTarget) ? communeTargetNote : levelWords(true).annexReach}
      </p>
    </Sheet>
  )
}

/** The short form that other sites put into a frame. */
export function EmbeddedPublicPage(page: ProvincePage) {
  const { campaign, province, asOf, names, indicators, localities, cells, base } = page
  const leading = leadingIndicator(names)
  const { below } = levelWords(page.hasDistricts)
  return (
    <div className="stack">
      <h1>
        “4 phủ” {province.name} · {explainCampaignDay(campaign)}
      </h1>
      <ul className="rows">
        {indicators.map(line => (
          <li key={line.indicator} className="row">
            <div>
              {indicatorNamed(names, line.indicator)?.publicName}
              <div className="small">{explainResult(line)}</div>
            </div>
            <b className="row-aside">
              {line.value === null || line.total === null ? '–' : formatShare(line.value, line.total)}
            </b>
          </li>
        ))}
      </ul>
      {cells.length > 0 ? (
        <ProvinceMap {...page} />
      ) : (
        <Folded count={localities.length} what={below}>
          <LocalityTable caption={`Chỉ tiêu theo ${below}`} indicators={leading ? [leading] : []} rows={localities} />
        </Folded>
      )}
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
