import { BlobReader, TextWriter, ZipReader } from '@zip.js/zip.js'

const TEXT_TYPES = /^(text\/|application\/(json|problem\+json|xml|manifest\+json|javascript)|image\/svg)/

/**
 * Finds where an answer's text is broken: bytes that are not UTF-8, U+0000, or U+FFFD. Looks into .xlsx, .docx and
 * .zip.
 */
export async function brokenLettersOf(body: Uint8Array, type: string): Promise<string[]> {
  if (body[0] === 0x50 && body[1] === 0x4b) return await brokenPartsOf(body)
  return TEXT_TYPES.test(type) ? brokenTextsOf(body) : []
}

function brokenTextsOf(body: Uint8Array): string[] {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return ['not UTF-8']
  }
  return [...text.matchAll(/[\0\ufffd]/g)].map(({ index }) => JSON.stringify(text.slice(index - 20, index + 20)))
}

async function brokenPartsOf(body: Uint8Array): Promise<string[]> {
  const archive = new ZipReader(new BlobReader(new Blob([Uint8Array.from(body)])))
  const found: string[] = []
  for (const entry of await archive.getEntries()) {
    if (entry.directory || entry.encrypted || !/\.(xml|rels|csv|json|txt)$/.test(entry.filename)) continue
    const text = await entry.getData(new TextWriter())
    for (const problem of brokenTextsOf(new TextEncoder().encode(text))) found.push(`${entry.filename}: ${problem}`)
  }
  await archive.close()
  return found
}
