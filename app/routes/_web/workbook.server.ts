import { lockZip } from '#app/documents/locked-zip.ts'

/** A workbook to download; `fileName` is plain ASCII, without the ending. Never kept by caches: it is as of now. */
export function workbookResponse(bytes: Uint8Array, fileName: string): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'Content-Disposition': `attachment; filename="${fileName}.xlsx"`,
      'Cache-Control': 'no-store',
    },
  })
}

/** The same, in an archive that opens with `password` alone: for lists that name people. */
export async function lockedWorkbookResponse(bytes: Uint8Array, fileName: string, password: string): Promise<Response> {
  const zip = await lockZip(`${fileName}.xlsx`, bytes, password)
  return new Response(new Uint8Array(zip), {
    headers: {
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="${fileName}.zip"`,
      'Cache-Control': 'no-store',
    },
  })
}
