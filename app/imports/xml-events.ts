export type XmlHandler = {
  /** `name` without its prefix; `attributes` as written, for `attribute`. */
  open(name: string, attributes: string): void
  close(name: string): void
  text(text: string): void
}

const TAG = /<(\/?)(?:[^\s/>:]+:)?([^\s/>:]+)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/y
const NAMED_ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/**
 * Walks through an XML document and calls the handler for each tag and text; an empty element is opened and closed.
 * Namespace prefixes are dropped. Document type declarations, and with them entities of the file's own, are refused.
 * Throws SyntaxError where the text is not well-formed; runs in time linear to its length.
 */
export function walkXml(xml: string, handler: XmlHandler): void {
  let at = 0
  const skipTo = (end: string): number => {
    const found = xml.indexOf(end, at)
    if (found < 0) throw new SyntaxError('unterminated markup')
    return found
  }
  while (at < xml.length) {
    if (xml[at] !== '<') {
      const end = xml.indexOf('<', at)
      const text = xml.slice(at, end < 0 ? xml.length : end)
      handler.text(decodeEntities(text))
      at += text.length
    } else if (xml.startsWith('<![CDATA[', at)) {
      const end = skipTo(']]>')
      handler.text(xml.slice(at + 9, end))
      at = end + 3
    } else if (xml.startsWith('<!--', at)) {
      at = skipTo('-->') + 3
    } else if (xml.startsWith('<?', at)) {
      at = skipTo('?>') + 2
    } else {
      TAG.lastIndex = at
      const tag = TAG.exec(xml)
      if (!tag) throw new SyntaxError('not well-formed')
      const [whole, slash, name = '', attributes = '', isEmpty] = tag
      if (!slash) handler.open(name, attributes)
      if (slash || isEmpty) handler.close(name)
      at += whole.length
    }
  }
}

const ATTRIBUTES = new Map<string, RegExp>()

/** The value of one attribute (with or without a prefix), undefined where it is not given. */
export function attribute(attributes: string, name: string): string | undefined {
  let pattern = ATTRIBUTES.get(name)
  if (!pattern) {
    pattern = new RegExp(`\\s(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
    ATTRIBUTES.set(name, pattern)
  }
  const found = pattern.exec(attributes)
  return found ? decodeEntities(found[1] ?? found[2] ?? '') : undefined
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,8}));/gi, (whole, decimal, hex, name) => {
    if (name) return NAMED_ENTITIES[name] ?? whole
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0x10ffff ? whole : String.fromCodePoint(code)
  })
}
