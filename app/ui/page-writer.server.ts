import type { ReactElement } from 'react'
import {
  type RenderToReadableStreamOptions,
  renderToReadableStream,
  renderToStaticMarkup,
} from 'react-dom/server.browser'

/**
 * Renders an element to the UTF-8 bytes of a page, once everything in it is there. Uses the writer for Web Streams: it
 * encodes each text whole, where the writer for Node.js leaves zero bytes behind a letter that meets its boundary.
 * Rejects where nothing can be rendered; what fails inside a page goes to `onError`.
 */
export async function writePage(
  element: ReactElement,
  options: RenderToReadableStreamOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = await renderToReadableStream(element, options)
  await stream.allReady
  const pieces: Uint8Array[] = []
  // one piece at a time costs less than collecting through a Response; the browsers' type of a stream has no iterator
  for await (const piece of stream as unknown as AsyncIterable<Uint8Array>) pieces.push(piece)
  const page = Buffer.concat(pieces) as Buffer<ArrayBuffer>
  return page.includes(0) ? page.filter(byte => byte !== 0) : page
}

/** Renders a page without scripts to its whole text. */
export function writeStaticPage(element: ReactElement): string {
  return `<!doctype html>${renderToStaticMarkup(element)}`.replaceAll('\0', '')
}
