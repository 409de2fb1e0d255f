import { describe, expect, it } from 'vitest'
import { convertLegacy, convertLegacyColumn } from '#app/domain/vietnamese-encoding.ts'
import { TCVN3_CODES, TCVN3_FROM_A1, VNI } from '../fixtures/lost-fonts.ts'

const LEGACY: [legacy: string, encoding: 'tcvn3' | 'vni', unicode: string][] = [
  ['NguyÔn V¨n Hïng', 'tcvn3', 'Nguyễn Văn Hùng'],
  ['TrÇn ThÞ Hång', 'tcvn3', 'Trần Thị Hồng'],
  ['§ç Quèc §¹t', 'tcvn3', 'Đỗ Quốc Đạt'],
  ['Ph¹m Thóy Nga', 'tcvn3', 'Phạm Thúy Nga'],
  ['Hoµng ThÞ Th\u00AD¬ng', 'tcvn3', 'Hoàng Thị Thương'],
  ['§inh C«ng Tr¸ng', 'tcvn3', 'Đinh Công Tráng'],
  ['NGUYÔN V¡N MINH', 'tcvn3', 'NGUYỄN VĂN MINH'],
  ['§IÓU K\u2019RÎ', 'tcvn3', 'ĐIỂU K’RẺ'],
  ['nguyÔn thÞ ót', 'tcvn3', 'nguyễn thị út'],
  ['Së Néi vô', 'tcvn3', 'Sở Nội vụ'],
  ['Phã Gi¸m ®èc', 'tcvn3', 'Phó Giám đốc'],
  ['Nguyeãn Vaên Huøng', 'vni', 'Nguyễn Văn Hùng'],
  ['Traàn Thò Hoàng Nhung', 'vni', 'Trần Thị Hồng Nhung'],
  ['Ñoã Quoác Ñaït', 'vni', 'Đỗ Quốc Đạt'],
  ['Phaïm Thuùy Nga', 'vni', 'Phạm Thúy Nga'],
  ['Hoaøng Thò Thöông', 'vni', 'Hoàng Thị Thương'],
  ['NGUYEÃN VAÊN MINH', 'vni', 'NGUYỄN VĂN MINH'],
  ['LÖU THÒ AÙNH TUYEÁT', 'vni', 'LƯU THỊ ÁNH TUYẾT'],
  ['Aùnh Tuyeát', 'vni', 'Ánh Tuyết'],
  ['Sôû Noäi vuï', 'vni', 'Sở Nội vụ'],
  ['Phoù Giaùm ñoác', 'vni', 'Phó Giám đốc'],
  ['Huyønh Thò Myõ Linh', 'vni', 'Huỳnh Thị Mỹ Linh'],
]

const UNTOUCHED: [text: string, why: string][] = [
  ['Nguyen Van An', 'no marks at all'],
  ['Nguyễn Văn Hùng', 'letters that only Unicode has'],
  ['Hoàng Hà', 'Latin-1 letters only, correct as written'],
  ['Lê Thuý Hoà', 'new placement of tones'],
  ['Lê Thúy Hòa', 'old placement of tones'],
  ['Tô Hoài', 'ô is ơ in VNI'],
  ['Dòng', 'Dũng in TCVN3'],
  ['Vân Anh', 'plain'],
  ['Bùi Công Nông', 'plain'],
  ['LÊ VÂN', 'capitals'],
  ['Trân Châu', 'plain'],
  ['Quý Phúc', 'plain'],
  ['H’Bé Niê', 'ethnic name'],
  ['Siu Blêh', 'ethnic name that is no Vietnamese syllable'],
  ['Krêng', 'ethnic name that is no Vietnamese syllable'],
  ['José Müller', 'foreign name'],
  ['René Noël', 'foreign name'],
  ['Thaïs', 'foreign name'],
  ['· Nam', 'a bullet'],
  ['½ ngày', 'a fraction'],
  ['Điều 5 § 2', 'a section sign'],
  ['25 °C', 'a degree sign'],
  ['', 'nothing'],
]

describe('one text', () => {
  it.each(LEGACY)('%s in %s is %s', (legacy, encoding, unicode) => {
    expect(convertLegacy(legacy)).toEqual({ encoding, text: unicode })
  })

  it.each(UNTOUCHED)('%s stays: %s', text => {
    expect(convertLegacy(text.normalize('NFC'))).toBeUndefined()
  })
})

describe('the whole alphabet', () => {
  /** Words beside it that can only be of one encoding make a column follow it. */
  const inColumn = (texts: string[], evidence: string) =>
    convertLegacyColumn([evidence, ...texts])
      .slice(1)
      .map((converted, n) => converted?.text ?? texts[n])

  it.each(VNI)('VNI has %s, small and capital', (unicode, vni) => {
    const codesOf = vni.split(' ')
    expect(
      inColumn(
        codesOf.map(code => `b${code}n`),
        'Nguyeãn',
      ),
    ).toEqual([...unicode].map(letter => `b${letter}n`))
    const capitals = codesOf.map(code => `B${code.toUpperCase()}N`)
    expect(inColumn(capitals, 'Nguyeãn')).toEqual([...unicode].map(letter => `B${letter.toUpperCase()}N`))
  })

  it('VNI has đ and Đ', () => {
    expect(inColumn(['ña', 'Ña'], 'Nguyeãn')).toEqual(['đa', 'Đa'])
  })

  it('TCVN3 has every code from A1 to FE', () => {
    for (const [n, letter] of [...TCVN3_FROM_A1].entries()) {
      if (letter === '.') continue
      const [before, after] = 'đĐ'.includes(letter) ? ['', 'an'] : ['B', 'n']
      expect(inColumn([`${before}${TCVN3_CODES[n]}${after}`], 'NguyÔn'), TCVN3_CODES[n]).toEqual([
        `${before}${letter}${after}`,
      ])
    }
  })
})

describe('a column', () => {
  it('takes words that could be either along with those that could not', () => {
    expect(convertLegacyColumn(['Nguyeãn Vaên An', 'Hoàng', 'An'])).toEqual([
      { encoding: 'vni', text: 'Nguyễn Văn An' },
      { encoding: 'vni', text: 'Hồng' },
      undefined,
    ])
  })

  it('leaves them where others are UTF-8 that was misread', () => {
    expect(convertLegacyColumn(['Nguyá»…n VÄƒn Thá»­', 'Hoàng', 'Dòng'])).toEqual([
      { encoding: 'utf8', text: 'Nguyễn Văn Thử' },
      undefined,
      undefined,
    ])
  })

  it('leaves them where other cells are in Unicode', () => {
    expect(convertLegacyColumn(['Nguyeãn Vaên An', 'Hoàng', 'Trần Thị Bé'])).toEqual([
      { encoding: 'vni', text: 'Nguyễn Văn An' },
      undefined,
      undefined,
    ])
  })

  it('leaves a column of correct names without evidence', () => {
    expect(convertLegacyColumn(['Hoàng Hà', 'Tô Hoài', 'Lê Dòng'])).toEqual([undefined, undefined, undefined])
  })

  it('follows the sheet where it has no evidence of its own', () => {
    expect(convertLegacyColumn(['Dòng'], 'tcvn3')).toEqual([{ encoding: 'tcvn3', text: 'Dũng' }])
  })
})
