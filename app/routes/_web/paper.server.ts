import type { Day } from '#app/domain/calendar.ts'
import { download, type OfCampaign } from './download.server.ts'
import { paperPage } from './params.ts'

/** A document to download; `fileName` is plain ASCII, without the ending. */
export const paperResponse = (bytes: Uint8Array, fileName: string, campaign: OfCampaign): Response =>
  download(bytes, { name: fileName, ending: 'docx', campaign })

/** The day of a document: `?ngay=` where it names one, else blank on paper; the law is that of the day, or of today. */
export function paperDay(url: URL): Day | null {
  return paperPage.read(url).day ?? null
}
