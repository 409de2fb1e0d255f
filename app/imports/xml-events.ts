import { SaxesParser } from 'saxes'

/** As written, prefixes and all; read with `attribute`. */
type Attributes = Record<string, string>

export type XmlHandler = {
  /** `name` without its prefix */
  open(name: string, attributes: Attributes): void
  close(name: string): void
  text(text: string): void
}

/** Tags within tags: a workbook has a dozen, and the parser holds every open one. */
const MAX_DEPTH = 100

/**
 * Walks through an XML document that comes piece by piece and calls the handler for each tag and text; an empty element
 * is opened and closed. Namespace prefixes are dropped, whether declared or not. Document type declarations, and with
 * them entities of the file's own, are refused, and so are tags nested over a hundred deep. Throws SyntaxError where the
 * text is not well-formed.
 */
export function xmlWalker(handler: XmlHandler): { write(xml: string): void; close(): void } {
  const parser = new SaxesParser({ xmlns: false, position: false })
  parser.on('error', ({ message }) => {
    throw new SyntaxError(message)
  })
  parser.on('doctype', () => {
    throw new SyntaxError('document type declarations are refused')
  })
  let depth = 0
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1
    if (depth > MAX_DEPTH) throw new SyntaxError('tags are nested too deep')
    handler.open(localName(name), attributes)
  })
  parser.on('closetag', ({ name }) => {
    depth -= 1
    handler.close(localName(name))
  })
  parser.on('text', text => handler.text(text))
  parser.on('cdata', text => handler.text(text))
  return { write: xml => void parser.write(xml), close: () => void parser.close() }
}

/** The same with a document that is there whole; '' is a document without any tag. */
export function walkXml(xml: string, handler: XmlHandler): void {
  if (xml === '') return
  const walker = xmlWalker(handler)
  walker.write(xml)
  walker.close()
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** The value of one attribute (with or without a prefix), undefined where it is not given. */
export function attribute(attributes: Attributes, name: string): string | undefined {
  if (attributes[name] !== undefined) return attributes[name]
  for (const written in attributes) if (localName(written) === name) return attributes[written]
  return undefined
}
