import { lockZip } from '#app/documents/locked-zip.ts'
import { download, type OfCampaign } from './download.server.ts'

/** A workbook to download; `fileName` is plain ASCII, without the ending. */
export const workbookResponse = (bytes: Uint8Array, fileName: string, campaign: OfCampaign): Response =>
  download(bytes, { name: fileName, ending: 'xlsx', campaign })

/** The same, in an archive that opens with `password` alone: for lists that name people. */
export async function lockedWorkbookResponse(
  bytes: Uint8Array,
  { fileName, campaign, password }: { fileName: string; campaign: OfCampaign; password: string },
): Promise<Response> {
  return download(await lockZip(`${fileName}.xlsx`, bytes, password), { name: fileName, ending: 'zip', campaign })
}
