import { describe, expect, it } from 'vitest'
import { readCard, splitCardText } from '#app/domain/card.ts'

const CARD = {
  number: '070190000123',
  name: 'Điểu Thị Ngễnh',
  birthOn: '1990-12-25',
  sex: 'female',
}
const text = (changes: Record<number, string> = {}) => {
  const fields = ['070190000123', '285123456', 'Điểu Thị Ngễnh', '25121990', 'Nữ', 'Ấp 2, Tân Thành', '10052021']
  for (const [at, value] of Object.entries(changes)) fields[Number(at)] = value
  return fields.join('|')
}

describe('readCard takes number, name, birth and sex', () => {
  it.each([
    ['the seven fields', text()],
    ['no old number', text({ 1: '' })],
    ['an old number of twelve digits', text({ 1: '070190000999' })],
    ['no address', text({ 5: '' })],
    ['no field for the address (2024)', '070190000123||Điểu Thị Ngễnh|25121990|Nữ|10052021'],
    ['parents after the day of issue (2024)', `${text()}||Điểu Văn Bố|Thị Mẹ|`],
    ['a cancelled number after it (2024)', `${text()}|070190000777|||`],
    ['bars within quotes of spaces', text({ 2: '  Điểu  Thị Ngễnh ' })],
    ['decomposed marks', text().normalize('NFD')],
    ['small letters for the sex', text({ 4: 'nữ' })],
    ['a line break at the end', `${text()}\r\n`],
  ])('%s', (_, card) => expect(readCard(card)).toEqual({ ok: true, card: CARD }))

  it('and drops address, old number, day of issue and parents', () => {
    const reading = readCard(`${text()}||Điểu Văn Bố|Thị Mẹ`)
    expect(JSON.stringify(reading)).not.toMatch(/285123456|Tân Thành|2021|Bố|Mẹ/)
  })
})

describe('a card with the year of birth alone', () => {
  it.each([
    ['four digits', '1990'],
    ['no day and no month', '00001990'],
  ])('gives number and name: %s', (_, birth) =>
    expect(readCard(text({ 3: birth }))).toEqual({ ok: true, card: { ...CARD, birthOn: null } }),
  )

  it.each([
    ['a year that the number denies', { 3: '1991' }, 'card_number'],
    ['an issue before the year', { 3: '1990', 6: '01011980' }, 'card_dates'],
  ])('is refused for %s', (_, changes, reason) => expect(readCard(text(changes))).toEqual({ ok: false, reason }))
})

describe('the text that a desk scanner types', () => {
  const row = { citizenNumber: '', citizenName: '', birthOn: '', place: 'home' }
  const filled = { citizenNumber: CARD.number, citizenName: CARD.name, birthOn: CARD.birthOn, place: 'home' }
  it.each([
    ['into the number', { citizenNumber: text() }],
    ['into the name', { citizenName: text() }],
    ['into the number, after a name', { citizenNumber: `${text()}\n`, citizenName: 'Ai đó' }],
  ])('is split into the fields: %s', (_, typed) => expect(splitCardText({ ...row, ...typed })).toEqual(filled))

  it('leaves the day that was typed where the card has none', () => {
    const typed = { ...row, citizenNumber: text({ 3: '1990' }), birthOn: '1990-12-01' }
    expect(splitCardText(typed)).toEqual({ ...filled, birthOn: '1990-12-01' })
  })

  it.each([
    ['a number', '070190000123'],
    ['bars that are no card', '1|2|3'],
    ['a file', new Blob()],
  ])('is nothing else: %s', (_, citizenNumber) =>
    expect(splitCardText({ ...row, citizenNumber })).toEqual({ ...row, citizenNumber }),
  )
})

describe('readCard refuses', () => {
  it.each([
    ['an address of the web', 'https://zalo.me/0901234567', 'not_a_card'],
    ['a bank transfer', '00020101021138540010A00000072701240006970436', 'not_a_card'],
    ['a health insurance card', 'DN4707012345678|4e677579|12/03/1985|1|c490|70 - 001|01/01/2024', 'not_a_card'],
    ['nothing', '', 'not_a_card'],
    ['bars alone', '||||||', 'not_a_card'],
    ['a number alone', '070190000123', 'not_a_card'],
    ['a text without end', `${text()}${'|x'.repeat(600)}`, 'not_a_card'],
    ['no name', text({ 2: '' }), 'card_incomplete'],
    ['another word for the sex', text({ 4: 'X' }), 'card_incomplete'],
    ['an old number of letters', text({ 1: 'ABC' }), 'card_incomplete'],
    ['an old card of nine digits', text({ 0: '285123456' }), 'card_number'],
    ['a number of a century to come', text({ 0: '070690000123' }), 'card_number'],
    ['a birth that the number denies', text({ 3: '25121991' }), 'card_number'],
    ['a birth that is no day', text({ 3: '31021990' }), 'card_dates'],
    ['no day of issue', text({ 6: '' }), 'card_dates'],
    ['a day of issue that is no day', text({ 6: '99999999' }), 'card_dates'],
    ['an issue before the birth', text({ 6: '01011980' }), 'card_dates'],
  ])('%s', (_, other, reason) => expect(readCard(other)).toEqual({ ok: false, reason }))
})
