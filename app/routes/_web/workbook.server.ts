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
