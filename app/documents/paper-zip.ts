import { BlobWriter, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js'
import { bodyText, centredLine, type PaperColumn, ruledTable, writePaper } from './administrative-paper.ts'

/** A file of a zip: its path, what the contents list calls it, its bytes. */
export type ZippedFile = { path: string; title: string; content: Uint8Array }

type Line = { number: string; title: string; path: string }
const COLUMNS: readonly PaperColumn<Line>[] = [
  { header: 'STT', width: 13, value: row => row.number },
  { header: 'Văn bản', width: 87, isWords: true, value: row => row.title },
  { header: 'Tệp', width: 65, isWords: true, value: row => row.path },
]

/** Papers in one zip, put in one after the other so that no more than one is held besides; the contents list comes first by name. */
export class ZipFile {
  private readonly writer = new ZipWriter(new BlobWriter('application/zip'), { useWebWorkers: false })
  private readonly lines: Line[] = []

  /** Files put in so far, without the contents list. */
  get count(): number {
    return this.lines.length
  }

  async add({ path, title, content }: ZippedFile): Promise<void> {
    await this.writer.add(path, new Uint8ArrayReader(content))
    this.lines.push({ number: String(this.lines.length + 1), title, path })
  }

  /** Ends the zip with its contents list (`00-muc-luc.docx`) and returns its bytes. */
  async close(title: string): Promise<Uint8Array> {
    const contents = await writePaper('Mục lục', [
      centredLine('MỤC LỤC'),
      bodyText(title),
      ruledTable(COLUMNS, this.lines),
    ])
    await this.writer.add('00-muc-luc.docx', new Uint8ArrayReader(contents))
    const blob = await this.writer.close()
    return new Uint8Array(await blob.arrayBuffer())
  }
}
