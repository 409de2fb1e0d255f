import type { Day } from '#app/domain/calendar.ts'
import { paperPage } from './params.ts'

/** A document to download; `fileName` is plain ASCII, without the ending. Never kept by caches: it is as of now. */
export function paperResponse(bytes: Uint8Array, fileName: string): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'Content-Disposition': `attachment; filename="${fileName}.docx"`,
      'Cache-Control': 'no-store',
    },
  })
}

/** The day of a document: `?ngay=` where it names one, else blank on paper; the law is that of the day, or of today. */
export function paperDay(url: URL): Day | null {
  return paperPage.read(url).day ?? null
}
