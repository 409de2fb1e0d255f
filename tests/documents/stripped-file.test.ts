import { AFRelationship, PDFDocument, PDFName, PDFString } from 'pdf-lib'
import sharp, { type Sharp } from 'sharp'
import { describe, expect, it } from 'vitest'
import { stripFile } from '#app/documents/stripped-file.ts'

const SECRET = 'Nguyen Van Bi Mat'

const image = (width = 40, height = 30) =>
  sharp({ create: { width, height, channels: 3, background: { r: 10, g: 90, b: 100 } } })

const withExif = (pipeline: Sharp) =>
  pipeline.withExif({ IFD0: { Artist: SECRET, Software: 'May anh' }, IFD3: { GPSLatitude: '11/1 31/1 0/1' } })

async function paper(fill: (document: PDFDocument) => void | Promise<void> = () => undefined) {
  const document = await PDFDocument.create()
  document.addPage([200, 200]).drawText('Chung thu so')
  await fill(document)
  return document.save({ useObjectStreams: false })
}

async function stripped(bytes: Uint8Array) {
  const made = await stripFile(bytes)
  if (!made.ok) throw new Error(made.reason)
  return made.file
}

describe('stripFile keeps what a file shows', () => {
  it.each([
    ['a png', 'image/png', () => image().png().toBuffer()],
    ['a jpg', 'image/jpeg', () => image().jpeg().toBuffer()],
    ['a webp, as jpg', 'image/jpeg', () => withExif(image().webp()).toBuffer()],
    ['a pdf', 'application/pdf', () => paper()],
  ])('%s', async (_label, mediaType, make) => {
    expect((await stripped(await make())).mediaType).toBe(mediaType)
  })

  it('an image of a phone held upright stays upright, and is made smaller than 3000 pixels', async () => {
    const photo = await image(4000, 2000).jpeg().withMetadata({ orientation: 6 }).toBuffer()
    const { width, height, orientation } = await sharp((await stripped(photo)).content).metadata()
    expect({ width, height, orientation }).toEqual({ width: 1500, height: 3000, orientation: undefined })
  })

  it('a pdf keeps its pages in order', async () => {
    const bytes = await paper(document => void document.addPage([300, 400]))
    const pages = (await PDFDocument.load((await stripped(bytes)).content)).getPages()
    expect(pages.map(page => page.getWidth())).toEqual([200, 300])
  })
})

describe('stripFile removes what a file does not show', () => {
  it.each([
    ['author and place of a jpg', () => withExif(image().jpeg()).toBuffer()],
    ['author and place of a png', () => withExif(image().png()).toBuffer()],
    ['author, title and software of a pdf', () => paper(document => document.setAuthor(SECRET))],
    [
      'the XMP of a pdf',
      () =>
        paper(document => {
          const stream = document.context.stream(`<x:xmpmeta>${SECRET}</x:xmpmeta>`)
          document.catalog.set(PDFName.of('Metadata'), document.context.register(stream))
        }),
    ],
    [
      'the XMP of one page',
      () =>
        paper(document => {
          const stream = document.context.stream(SECRET)
          document.getPage(0).node.set(PDFName.of('Metadata'), document.context.register(stream))
        }),
    ],
    ['a script of a pdf', () => paper(document => document.addJavaScript('chay', `app.alert("${SECRET}")`))],
    [
      'a script that runs when a page opens',
      () =>
        paper(document => {
          const script = document.context.obj({ S: 'JavaScript', JS: PDFString.of(SECRET) })
          document.getPage(0).node.set(PDFName.of('AA'), document.context.obj({ O: script }))
        }),
    ],
    [
      'a script behind a link',
      () =>
        paper(document => {
          const action = document.context.register(
            document.context.obj({ S: 'JavaScript', JS: PDFString.of(SECRET), X: PDFString.of(SECRET) }),
          )
          const link = document.context.obj({ Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 9, 9], A: action })
          document.getPage(0).node.addAnnot(document.context.register(link))
        }),
    ],
    [
      'an attachment of a pdf',
      () =>
        paper(document =>
          document.attach(Buffer.from(SECRET), 'kem.txt', { afRelationship: AFRelationship.Data, description: SECRET }),
        ),
    ],
    [
      'a file pinned to a page',
      () =>
        paper(document => {
          const file = document.context.register(document.context.stream(SECRET))
          const pin = document.context.obj({
            Type: 'Annot',
            Subtype: 'FileAttachment',
            Rect: [0, 0, 9, 9],
            FS: { Type: 'Filespec', EF: { F: file } },
            Contents: PDFString.of(SECRET),
          })
          document.getPage(0).node.addAnnot(document.context.register(pin))
        }),
    ],
    ['an object that no page refers to', () => paper(document => void document.context.register(PDFString.of(SECRET)))],
    [
      'author and place of a photograph inside a pdf',
      () =>
        paper(async document => {
          const photo = await document.embedJpg(await withExif(image().jpeg()).toBuffer())
          document.getPage(0).drawImage(photo)
        }),
    ],
  ])('%s', async (_label, make) => {
    const before = Buffer.from(await make())
    const { mediaType, content } = await stripped(before)
    const read = async (bytes: Buffer) =>
      mediaType === 'application/pdf'
        ? Buffer.from(
            await (await PDFDocument.load(bytes, { updateMetadata: false })).save({ useObjectStreams: false }),
          )
        : bytes
    const shows = async (bytes: Buffer) => {
      const plain = await read(bytes)
      const utf16 = [...SECRET].map(letter => letter.charCodeAt(0).toString(16).padStart(4, '0')).join('')
      return plain.includes(SECRET) || plain.toString('latin1').toLowerCase().includes(utf16)
    }
    expect({ hadSecret: await shows(before), hasSecret: await shows(content) }).toEqual({
      hadSecret: true,
      hasSecret: false,
    })
  })

  it('leaves no information dictionary, catalog action or name tree in a pdf', async () => {
    const bytes = await paper(document => {
      document.setTitle(SECRET)
      document.addJavaScript('chay', 'app.alert(1)')
      document.catalog.set(PDFName.of('OpenAction'), document.context.obj({ S: 'JavaScript', JS: PDFString.of('1') }))
    })
    const clean = await PDFDocument.load((await stripped(bytes)).content, { updateMetadata: false })
    expect(clean.context.trailerInfo.Info).toBeUndefined()
    expect(
      clean.catalog
        .keys()
        .map(key => key.decodeText())
        .sort(),
    ).toEqual(['Pages', 'Type'])
  })
})

describe('stripFile refuses', () => {
  it.each([
    ['no file at all', 'required', () => Buffer.alloc(0)],
    ['a page of the web named .png', 'file_kind_unknown', () => Buffer.from('<html><script>alert(1)</script>')],
    ['an svg', 'file_kind_unknown', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a heic of a phone', 'file_heic', () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic')],
    ['a heic of several pictures', 'file_heic', () => Buffer.from('\0\0\0\x18ftypmif1\0\0\0\0mif1heic')],
    ['a heic of an iPhone in motion', 'file_heic', () => Buffer.from('\0\0\0\x18ftyphevc\0\0\0\0hevcmsf1')],
    ['sound in a RIFF', 'file_kind_unknown', () => Buffer.from('RIFF\0\0\0\0WAVEfmt ')],
    ['a gif', 'file_kind_unknown', () => image().gif().toBuffer()],
    ['more than 5 MB', 'file_too_large', () => Buffer.concat([Buffer.from('%PDF-'), Buffer.alloc(5 * 1024 * 1024)])],
    ['a broken png', 'file_unreadable', async () => (await image(400, 300).png().toBuffer()).subarray(0, 100)],
    ['a broken pdf', 'file_unreadable', () => Buffer.from('%PDF-1.7 khong phai tep pdf')],
    ['an image of 49 million pixels', 'file_too_many_pixels', () => image(7000, 7000).png().toBuffer()],
    [
      'a pdf behind a password',
      'file_locked',
      () =>
        paper(document => {
          document.context.trailerInfo.Encrypt = document.context.obj({ Filter: 'Standard' })
        }),
    ],
  ])('%s', async (_label, reason, make) => {
    expect(await stripFile(await make())).toEqual({ ok: false, reason })
  })
})
