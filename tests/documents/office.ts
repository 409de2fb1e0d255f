import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const A_MINUTE = 60_000

/** One word of a page with its box in points from the page's top left corner. */
export type Word = { text: string; left: number; top: number; right: number; bottom: number }
/** A docx as LibreOffice prints it: its pages with their words in order, the fonts used, and how each page looks. */
export type Printed = {
  pages: { width: number; height: number; words: Word[]; inkRows: number }[]
  text: string
  fonts: { name: string; isEmbedded: boolean }[]
}

/**
 * Opens documents in LibreOffice, all in one run, and prints each to PDF and PNG. Throws where LibreOffice is missing and
 * cannot be installed: these tests are never skipped.
 */
export function printAll(documents: Record<string, Uint8Array>): Record<string, Printed> {
  const files = Object.fromEntries(Object.entries(documents).map(([name, bytes]) => [`${name}.docx`, bytes]))
  return openAll(files, 'pdf', folder =>
    Object.fromEntries(Object.keys(documents).map(name => [name, readPdf(folder, name)])),
  )
}

/**
 * Prints documents of any length into `kept`, all in one run of LibreOffice: each as PDF, its first two pages as PNG.
 * Returns how many pages each has.
 */
export function printInto(kept: string, documents: Record<string, Uint8Array>): Record<string, number> {
  const files = Object.fromEntries(Object.entries(documents).map(([name, bytes]) => [`${name}.docx`, bytes]))
  return openAll(files, 'pdf', folder =>
    Object.fromEntries(
      Object.keys(documents).map(name => {
        const pdf = join(kept, `${name}.pdf`)
        copyFileSync(join(folder, `${name}.pdf`), pdf)
        askPoppler('pdftoppm', '-r', '70', '-l', '2', '-png', pdf, join(kept, name))
        return [name, Number(/^Pages:\s+(\d+)/m.exec(askPoppler('pdfinfo', pdf))?.[1] ?? 0)]
      }),
    ),
  )
}

/** Converts files by their names in one run of LibreOffice; `read` gets the folder of the results. */
function openAll<T>(
  files: Record<string, Uint8Array | string>,
  format: string,
  read: (folder: string) => T,
  options: readonly string[] = [],
): T {
  const office = execFileSync('bash', ['scripts/find-office.sh'], { encoding: 'utf8', timeout: 10 * A_MINUTE }).trim()
  const folder = mkdtempSync(join(tmpdir(), 'papers-'))
  try {
    const profile = join(folder, 'profile')
    mkdirSync(profile)
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
    execFileSync(
      office,
      [
        `-env:UserInstallation=file://${profile}`,
        '--headless',
        ...options,
        '--convert-to',
        format,
        '--outdir',
        folder,
        ...Object.keys(files).map(name => join(folder, name)),
      ],
      { timeout: 3 * A_MINUTE, stdio: 'ignore' },
    )
    return read(folder)
  } finally {
    if (process.env.KEEP_PAPERS === undefined) rmSync(folder, { recursive: true, force: true })
  }
}

/** A table as LibreOffice opened it: the formulas and links in its cells, and what these show. */
export type OpenedTable = { formulas: string[]; links: string[]; texts: string[] }

/** UTF-8, commas, quotation marks, cells read as if typed, formulas evaluated: the most that somebody could choose. */
const CSV_FILTER = 'Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,0,true'

/** Opens tables of one kind, .xlsx or .csv, all in one run, and looks at their cells. */
export function openTables(kind: 'xlsx' | 'csv', files: Record<string, Uint8Array | string>) {
  const named = Object.fromEntries(Object.entries(files).map(([name, content]) => [`${name}.${kind}`, content]))
  const read = (folder: string) =>
    Object.fromEntries(
      Object.keys(files).map(name => [name, tableIn(readFileSync(join(folder, `${name}.fods`), 'utf8'))]),
    )
  return openAll(named, 'fods', read, kind === 'csv' ? [`--infilter=${CSV_FILTER}`] : [])
}

function tableIn(xml: string): OpenedTable {
  const found = (pattern: RegExp) => [...xml.matchAll(pattern)].map(([, text = '']) => text)
  return {
    formulas: found(/table:formula="([^"]*)"/g).map(unescapeXml),
    links: found(/<text:a\b[^>]*xlink:href="([^"]*)"/g).map(unescapeXml),
    texts: found(/<table:table-cell\b[^>]*(?<!\/)>(.*?)<\/table:table-cell>/gs).map(cell =>
      unescapeXml(plainText(cell)),
    ),
  }
}

const plainText = (cell: string) =>
  cell
    .replace(/<\/text:p>\s*<text:p\b[^>]*>/g, '\n')
    .replace(/<text:s\/>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .trim()

/** What a tool of poppler-utils says. */
const askPoppler = (tool: string, ...options: string[]) =>
  execFileSync(tool, options, { encoding: 'utf8', timeout: A_MINUTE })

function readPdf(folder: string, name: string): Printed {
  const pdf = join(folder, `${name}.pdf`)
  const boxes = askPoppler('pdftotext', '-bbox', pdf, '-')
  const pages = boxes.split('<page ').slice(1)
  askPoppler('pdftoppm', '-r', '50', '-gray', pdf, join(folder, name))
  return {
    pages: pages.map((page, n) => ({
      width: attribute(page, 'width'),
      height: attribute(page, 'height'),
      words: wordsOf(page),
      inkRows: inkRowsOf(folder, name, { page: n + 1, of: pages.length }),
    })),
    text: askPoppler('pdftotext', '-layout', pdf, '-').replace(/\s+/g, ' '),
    fonts: askPoppler('pdffonts', pdf)
      .split('\n')
      .slice(2)
      .filter(line => line.trim() !== '')
      .map(line => ({ name: line.split(/\s+/)[0] ?? '', isEmbedded: /\s(yes)\s+(yes|no)\s+(yes|no)\s/.test(line) })),
  }
}

const attribute = (tag: string, name: string) => Number(new RegExp(` ?${name}="([\\d.]+)"`).exec(tag)?.[1])

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' }

const unescapeXml = (text: string) => text.replace(/&\w+;/g, entity => ENTITIES[entity] ?? entity)

function wordsOf(page: string): Word[] {
  return [...page.matchAll(/<word ([^>]*)>([^<]*)<\/word>/g)].map(([, box = '', text = '']) => ({
    text: unescapeXml(text),
    left: attribute(box, 'xMin'),
    top: attribute(box, 'yMin'),
    right: attribute(box, 'xMax'),
    bottom: attribute(box, 'yMax'),
  }))
}

/** Counts the rows of pixels with ink on a page: an empty page has none. The picture is a plain greymap (P5). */
function inkRowsOf(folder: string, name: string, { page, of }: { page: number; of: number }): number {
  const number = String(page).padStart(String(of).length, '0')
  const picture = readFileSync(join(folder, `${name}-${number}.pgm`))
  const [, width = '0', height = '0'] =
    /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(picture.subarray(0, 40).toString('latin1')) ?? []
  const pixels = picture.subarray(picture.length - Number(width) * Number(height))
  return Array.from({ length: Number(height) }, (_, row) =>
    pixels.subarray(row * Number(width), (row + 1) * Number(width)).some(grey => grey < 128),
  ).filter(Boolean).length
}

/** Finds a line of several words on a page: from its first word to its last. Undefined if it is not there. */
export function lineOf({ words }: Printed['pages'][number], line: string): Omit<Word, 'text'> | undefined {
  const wanted = line.split(' ')
  const start = words.findIndex((_, n) => wanted.every((word, at) => words[n + at]?.text === word))
  const first = words[start]
  const last = words[start + wanted.length - 1]
  return start < 0 || !first || !last
    ? undefined
    : { left: first.left, top: first.top, right: last.right, bottom: last.bottom }
}
