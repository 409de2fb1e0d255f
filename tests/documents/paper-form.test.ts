import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Issuing, signingLines } from '#app/documents/administrative-paper.ts'
import { readDocx } from './docx.ts'
import { decision, FORMS, type PaperForm } from './paper-forms.ts'
import { COMMUNE, PLAN } from './papers.ts'

/** Every paper of the application against the table of requirements of NĐ 30/2020, read back from its docx. */

type Read = Awaited<ReturnType<typeof readDocx>>
const upper = (text: string) => text.toLocaleUpperCase('vi')
const squeezed = (lines: readonly string[]) => lines.join(' ').replace(/\s+/g, ' ')
const PLAN_IN_FULL = `Kế hoạch số ${PLAN.code} ngày 04 tháng 4 năm 2024 của Ủy ban nhân dân tỉnh Bình Phước ${PLAN.title}`

const COLUMNS: Record<string, (form: PaperForm, read: Read) => void> = {
  'QH: the state with its motto, or the party': ({ head }, { paragraphs }) => {
    const isParty = head !== 'person' && head !== 'none' && head.issuing.form === 'party'
    const states = paragraphs.filter(text => text === 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM').length
    expect(states > 0).toBe(head !== 'none' && !isParty)
    expect(paragraphs.includes('Độc lập - Tự do - Hạnh phúc')).toBe(states > 0)
    expect(paragraphs.includes('ĐẢNG CỘNG SẢN VIỆT NAM')).toBe(isParty)
  },
  'CQ: who is above and who issues, no more': ({ head }, { paragraphs }) => {
    if (head === 'person' || head === 'none') return
    const { above, issuer } = head.issuing
    const number = paragraphs.findIndex(text => text.startsWith('Số: '))
    const shown = squeezed(paragraphs.slice(0, number))
    const wanted = [above === null ? '' : upper(above.replace(/^Ủy ban nhân dân/, 'UBND')), upper(issuer)]
    expect(shown).toBe(squeezed(wanted).trim())
  },
  'SK: the kind of paper and the issuer’s sign': ({ head }, { paragraphs }) => {
    if (head === 'person' || head === 'none') return
    const { form, sign } = head.issuing
    const numbered = paragraphs.find(text => text.startsWith('Số: '))
    expect(numbered).toMatch(form === 'party' ? /……$/ : new RegExp(`/${head.kind}-${sign ?? '……'}$`))
  },
  'ĐD: at the issuer’s own place': ({ head, isForm }, { paragraphs }) => {
    if (isForm) return
    const place = head === 'person' ? 'Tân Thành' : head === 'none' || head.isUndated ? null : head.issuing.place
    const dated = paragraphs.filter(text => /^[^:;]{1,40}, ngày (\d|…)/.test(text) && !text.includes('kết thúc'))
    expect(dated.slice(0, 1)).toEqual(place === null ? [] : [expect.stringMatching(new RegExp(`^${place}, ngày `))])
  },
  'TY: its name in capitals, its subject below': ({ title }, { paragraphs, xml }) => {
    const [name = '', ...about] = title
    const at = paragraphs.indexOf(upper(name))
    expect(at, name).toBeGreaterThanOrEqual(0)
    expect(squeezed(paragraphs.slice(at + 1, at + 6))).toContain(squeezed(about))
    const paragraph = xml.split('<w:p>').find(text => text.includes(`>${upper(name)}<`))
    expect(paragraph).toContain('<w:b/>')
  },
  'CC: laws without number, what is cited with day and title': ({ cites }, { paragraphs }) => {
    const text = squeezed(paragraphs)
    expect(text).not.toMatch(/Luật [^;]*số \d+\/\d{4}\/QH/)
    expect(text.includes(PLAN_IN_FULL)).toBe(cites !== 'none')
    expect(/Luật Thi đua/.test(text)).toBe(cites === 'commendation')
    for (const basis of paragraphs.filter(line => /^Căn cứ (Luật|Nghị định|Thông tư|Quyết định|Kế hoạch)/.test(line)))
      expect(basis).toMatch(/ngày .*[;.]$/)
  },
  'F: Times New Roman 13 to 14, black': (_, { styles, xml }) => {
    expect(styles).toMatch(/docDefaults.*w:ascii="Times New Roman".*<w:sz w:val="28"\/>.*\/w:docDefaults/)
    expect(xml).not.toMatch(/w:color w:val="(?!000000|auto)/)
  },
  'L: margins of 20, 20, 30 and 15 mm': ({ isForm }, { xml }) => {
    if (isForm) return
    for (const [side, width] of Object.entries({ top: 20, bottom: 20, left: 30, right: 15 }))
      for (const [, value] of xml.matchAll(new RegExp(`<w:pgMar[^>]* w:${side}="(\\d+)"`, 'g')))
        expect(Math.round((Number(value) * 25.4) / 1440)).toBe(width)
  },
  'TR: pages numbered from the second on': (_, { xml }) => {
    expect(xml.match(/<w:sectPr/g)).toHaveLength(xml.match(/<w:titlePg\/>/g)?.length ?? 0)
  },
  'KÝ: capacity, title and name of who signs': ({ signs }, { paragraphs }) => {
    for (const { signing, signer } of signs) {
      const lines = signingLines(signing).map(upper)
      const at = paragraphs.findIndex((_, n) => lines.every((line, k) => paragraphs[n + k] === line))
      expect(at, lines.join(' / ')).toBeGreaterThanOrEqual(0)
      expect(signer).not.toBeNull()
      expect(paragraphs.slice(at + lines.length)).toContain(signer)
    }
  },
  'NN: recipients at the left margin, filed last where it was drafted': ({ head, hasRecipients }, { paragraphs }) => {
    const at = paragraphs.indexOf('Nơi nhận:')
    expect(at >= 0).toBe(hasRecipients)
    if (!hasRecipients || head === 'person' || head === 'none') return
    const drafted = head.isUndated ? 'Hồ sơ' : (head.issuing.draftedBy ?? '……')
    const lines = paragraphs.slice(at + 1)
    const filed = lines.findIndex(text => text.startsWith('- Lưu: '))
    expect(lines[filed]).toBe(`- Lưu: VT${drafted === '' ? '' : `, ${drafted}`}.`)
    expect(filed).toBeGreaterThan(0)
    for (const line of lines.slice(0, filed)) expect(line).toMatch(/^- .*;$/)
  },
  'DT: a draft as long as something of it is open': ({ draft }, { paragraphs }) => {
    expect(paragraphs.includes('DỰ THẢO')).toBe(draft !== undefined)
  },
  'PL: Roman numbers from two annexes on': ({ annexes }, { paragraphs }) => {
    const labels = paragraphs.filter(text => /^Phụ lục( [IVX]+)?$/.test(text))
    expect(labels).toEqual(
      annexes === 0 ? [] : annexes === 1 ? ['Phụ lục'] : ['Phụ lục I', 'Phụ lục II', 'Phụ lục III'].slice(0, annexes),
    )
  },
}

describe.each(FORMS)('$name', form => {
  let read: Read
  beforeAll(async () => {
    read = await readDocx(await form.write())
  })
  it.each(Object.keys(COLUMNS))('%s', column => COLUMNS[column]?.(form, read))
  it('has its hours, place, presence, and whatever else its kind of paper has', () => {
    for (const words of form.words ?? []) expect(squeezed(read.paragraphs)).toContain(words)
  })
})

describe('DỰ THẢO, of a paper that the application cannot sign,', () => {
  const whole = { ...COMMUNE, number: '12', datedOn: '2024-07-05', signer: 'Phạm Thị Xã' } as const
  const forms = FORMS.filter(({ draft }) => draft === 'signing')
  it.each(forms)('goes from the $name with number, day and signer, all three', async ({ writeAs }) => {
    const isDraft = async (changes: Partial<Issuing>) => {
      const bytes = await (writeAs?.({ ...whole, ...changes }) ?? Promise.reject(new Error('no such paper')))
      return (await readDocx(bytes)).paragraphs.includes('DỰ THẢO')
    }
    expect(await isDraft({})).toBe(false)
    for (const lacking of [{ number: null }, { datedOn: null }, { signer: null }])
      expect([lacking, await isDraft(lacking)]).toEqual([lacking, true])
  })
})

/** Papers with a table of their own in other tests: they are no administrative documents. */
const NO_DOCUMENTS: Record<string, string> = { 'paper-zip.ts': 'the contents list of a zip has no issuer' }

it('holds every paper that the application writes', async () => {
  const modules = import.meta.glob<Record<string, unknown>>('/app/documents/*.ts')
  const forms = readFileSync('tests/documents/paper-forms.ts', 'utf8')
  const writers: string[] = []
  for (const [path, load] of Object.entries(modules)) {
    const file = path.slice(path.lastIndexOf('/') + 1)
    const isPaper = /\b(?:writePaper|Packer)\b/.test(readFileSync(path.slice(1), 'utf8'))
    if (!isPaper || file === 'administrative-paper.ts' || file in NO_DOCUMENTS) continue
    writers.push(...Object.keys(await load()).filter(name => /^write(?!.*Workbook$)/.test(name)))
  }
  expect(writers.length).toBeGreaterThan(14)
  expect(writers.filter(name => !forms.includes(`${name}(`))).toEqual([])
})

it('a body whose superior or sign nobody entered has dots for them', async () => {
  const form = FORMS.find(({ name }) => name === 'unit report')
  const blank: Issuing = {
    ...COMMUNE,
    above: '',
    sign: null,
    signer: null,
    place: '',
  }
  const { paragraphs } = await readDocx(await (form?.writeAs?.(blank) ?? Promise.reject(new Error('no such paper'))))
  expect(paragraphs[0]).toBe('……………')
  expect(paragraphs.find(text => text.startsWith('Số: '))).toMatch(/\/BC-……$/)
  expect(paragraphs).toContainEqual(expect.stringMatching(/^……………, ngày /))
  expect(paragraphs.at(-1)).toBe('……………')
})

describe('the decision', () => {
  it('has dots for a bonus that nobody entered, and no amount', async () => {
    const { paragraphs } = await readDocx(await decision({ budget: [{ part: 'person', count: 2, rate: undefined }] }))
    const bonus = paragraphs.find(text => text.startsWith('Điều 2.'))
    expect(bonus).toContain('mỗi cá nhân …………… đồng')
    expect(bonus).not.toMatch(/\d+\.\d{3} đồng/)
  })

  it('names nobody of a sealed annex, only who keeps it and how many', async () => {
    const sealed = [{ command: 'Công an tỉnh Bình Phước', count: 7, certificates: '11–17' }]
    const { paragraphs } = await readDocx(await decision({ sealed }))
    expect(paragraphs.find(text => text.startsWith('Điều 1.'))).toContain(
      '07 cá nhân theo phụ lục do Công an tỉnh Bình Phước lập và quản lý (số vào sổ 11–17)',
    )
  })

  it('lists each with its number in the register', async () => {
    const { paragraphs } = await readDocx(await decision())
    expect(paragraphs[paragraphs.indexOf('Ủy ban nhân dân xã Tân Thành') + 1]).toBe('8')
    expect(paragraphs.slice(paragraphs.indexOf('Điểu Thị Ngễnh')).indexOf('9')).toBe(3)
  })
})
