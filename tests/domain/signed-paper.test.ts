import { describe, expect, it } from 'vitest'
import { type CertificateHolder, type ExpectedSigner, matchSigner } from '#app/domain/signed-paper.ts'

const NUMBER = '070085001234'
const official: ExpectedSigner = { name: 'Điểu Thị Ngễnh', hasNumber: number => number === NUMBER }
const unnumbered: ExpectedSigner = { ...official, hasNumber: null }

describe('whose a certificate is', () => {
  it.each<[string, CertificateHolder, ExpectedSigner, string]>([
    ['the number agrees', { name: 'Điểu Thị Ngễnh', numbers: [`CCCD:${NUMBER}`] }, official, 'same'],
    ['the number agrees, written apart', { name: 'X', numbers: [` cccd : ${NUMBER} `] }, official, 'same'],
    [
      'the number agrees and the name was spelt otherwise',
      { name: 'DIEU THI NGENH', numbers: [`CCCD:${NUMBER}`] },
      official,
      'same',
    ],
    ['another number', { name: 'Điểu Thị Ngễnh', numbers: ['CCCD:070085009999'] }, official, 'other'],
    [
      'two numbers of which one agrees',
      { name: 'Điểu Thị Ngễnh', numbers: [`CCCD:${NUMBER}`, 'CCCD:070085009999'] },
      official,
      'other',
    ],
    ['a number that is none', { name: 'Điểu Thị Ngễnh', numbers: ['CCCD:999999999999'] }, official, 'other'],
    ['the name alone', { name: 'ĐIỂU THỊ NGỄNH', numbers: [] }, official, 'unsure'],
    ['the name without marks', { name: 'Dieu Thi Ngenh', numbers: [] }, official, 'unsure'],
    ['a name with other marks', { name: 'Điều Thị Ngênh', numbers: [] }, official, 'other'],
    ['the number of an older card', { name: 'Điểu Thị Ngễnh', numbers: ['CMND:285001234'] }, official, 'unsure'],
    ['a tax code', { name: 'Công ty A', numbers: ['MST:3800123456'] }, official, 'other'],
    ['no number on record', { name: 'Điểu Thị Ngễnh', numbers: [`CCCD:${NUMBER}`] }, unnumbered, 'unsure'],
    ['no number on record, another name', { name: 'Nguyễn Văn Hòa', numbers: [`CCCD:${NUMBER}`] }, unnumbered, 'other'],
    ['no name at all', { name: '', numbers: [] }, official, 'other'],
  ])('%s', (_name, holder, expected, match) => {
    expect(matchSigner(holder, expected)).toBe(match)
  })
})
