import { openZip } from '#app/imports/zip-archive.ts'

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' }

/** A docx read back: its XML, and the words of each paragraph in order, those of tables included. */
export async function readDocx(bytes: Uint8Array) {
  const zip = await openZip(bytes, 50_000_000)
  const xml = String(await zip.read('word/document.xml'))
  const paragraphs = xml
    .split('</w:p>')
    .map(paragraph =>
      [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:tab\/>/g)]
        .map(([, text]) => (text ?? '…').replace(/&\w+;/g, entity => ENTITIES[entity] ?? entity))
        .join(''),
    )
    .filter(Boolean)
  return { xml, styles: String(await zip.read('word/styles.xml')), paragraphs }
}
