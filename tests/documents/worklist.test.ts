import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import { writeCalendar } from '#app/documents/calendar-file.ts'
import { writeInvitations } from '#app/documents/invitation.ts'
import { writeTimesheet } from '#app/documents/timesheet.ts'
import { writeWorklist } from '#app/documents/worklist-export.ts'
import { writeWorklistTemplate } from '#app/documents/worklist-template.ts'
import { readWorklistTable } from '#app/imports/worklist-table.ts'
import { openZip } from '#app/imports/zip-archive.ts'
import { COMMUNE, PLAN } from './papers.ts'

async function sheetsOf(bytes: Uint8Array): Promise<Record<string, string[][]>> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(Buffer.from(bytes) as never)
  return Object.fromEntries(
    workbook.worksheets.map(sheet => [
      sheet.name,
      sheet.getSheetValues().map(row => (Array.isArray(row) ? row.slice(1).map(String) : [])),
    ]),
  )
}

describe('the template', () => {
  it('is read back as it was written, its example passed over', async () => {
    const entries = [
      {
        name: 'Điểu Văn Dân',
        number: '070090000001',
        birth: '12/3/1990',
        phone: '0901234567',
        commune: 'xã Tân Thành',
        hamlet: 'Ấp 3',
        address: 'Tổ 2',
        lacks: ['id_card', 'sim_signature'] as const,
      },
    ]
    const communes = [{ code: '25207', name: 'Tân Thành', type: 'xã' }]
    const context = { communes, allCommunes: communes, minimumAge: 14, endsOn: '2024-07-03' }
    const read = async (bytes: Uint8Array) => await readWorklistTable(bytes, context)
    expect(await read(await writeWorklistTemplate(entries))).toMatchObject({
      ok: true,
      unread: [],
      rows: [
        {
          name: 'Điểu Văn Dân',
          number: '070090000001',
          birthYear: 1990,
          phone: '0901234567',
          localityCode: '25207',
          hamlet: 'Ấp 3',
          address: 'Tổ 2',
          lacks: ['id_card', 'sim_signature'],
        },
      ],
    })
    expect(await read(await writeWorklistTemplate())).toEqual({ ok: false, reason: 'no_rows' })
  })
})

describe('the list of a unit', () => {
  it('tells who, where, what and how it stands', async () => {
    const bytes = await writeWorklist({
      campaign: '128/KH-UBND',
      unitName: 'UBND xã Tân Thành',
      asOf: Date.parse('2024-06-12T09:00+07:00'),
      rows: [
        {
          id: 12,
          revision: 3,
          name: '=Nguyễn Văn A',
          birthYear: 1990,
          phone: '0901234567',
          address: null,
          hamlet: 'Ấp 3',
          communeName: 'xã Tân Thành',
          lacks: ['eid_activation', 'sim_signature'],
          bearerName: 'Trần Thị Đi',
          state: 'appointment',
          appointmentOn: '2024-06-14',
          appointmentTime: '18:30',
          appointmentPlace: 'nhà',
          closedOn: null,
          note: null,
        },
      ],
    })
    const rows = (await sheetsOf(bytes))['Danh sách'] ?? []
    const line = rows.find(row => row?.[0] === '=Nguyễn Văn A') ?? []
    for (const text of ['Đã hẹn', '14/6/2024', '18:30', 'nhà', 'PC-12-3']) expect(line).toContain(text)
    expect(rows.flat()).not.toContain('Số định danh')
  })
})

describe('the timesheet', () => {
  it('has a sheet a month with a mark a day, and what each day rests on', async () => {
    const day = (on: string) => ({ on, places: ['Ấp 3'], records: 1, companions: 0, contacts: 2 })
    const sheets = await sheetsOf(
      await writeTimesheet({
        campaign: '128/KH-UBND',
        team: { name: 'Tổ Đề án 06 ấp 3', kind: 'project_06', unitName: 'UBND xã Tân Thành', decisionNumber: '45/QĐ' },
        fromOn: '2024-05-30',
        toOn: '2024-06-03',
        members: [
          {
            name: 'Vũ Thị Diễm',
            unitName: 'UBND xã Tân Thành',
            isLeader: true,
            days: [day('2024-05-30'), day('2024-06-01'), day('2024-06-03')],
          },
        ],
        paid: 1,
      }),
    )
    expect(Object.keys(sheets)).toEqual(['Tháng 5-2024', 'Tháng 6-2024', 'Chi tiết'])
    const june = sheets['Tháng 6-2024']?.find(row => row?.[0] === 'Vũ Thị Diễm') ?? []
    expect(june.slice(2).join('|')).toBe('Tổ trưởng|x||x|2|Ấp 3')
    expect(sheets['Chi tiết']?.filter(row => row?.[0] === 'Vũ Thị Diễm')).toHaveLength(3)
  })
})

describe('invitations', () => {
  it('are a page for each citizen, by NĐ 30/2020, as a draft', async () => {
    const person = {
      name: 'Điểu <Lơn> & con',
      birthYear: 1972,
      address: 'Tổ 2',
      hamlet: 'Ấp 3',
      communeName: 'xã Tân Thành',
      lacks: ['sim_signature'] as const,
    }
    const bytes = await writeInvitations({
      campaign: PLAN,
      issuing: COMMUNE,
      day: '2024-06-20',
      time: '08:00',
      place: 'nhà văn hóa ấp 3',
      bring: 'điện thoại',
      phone: '0271 3879 123',
      people: [person, { ...person, name: 'Thị Nhưng', birthYear: null, lacks: ['id_card', 'eid_activation'] }],
    })
    const zip = await openZip(bytes, 10_000_000)
    const xml = String(await zip.read('word/document.xml'))
    expect(xml.match(/GIẤY MỜI/g)).toHaveLength(2)
    expect(xml).toContain('Điểu &lt;Lơn&gt; &amp; con, sinh năm 1972')
    expect(xml).toContain('08 giờ 00, ngày 20 tháng 6 năm 2024')
    for (const line of ['ỦY BAN NHÂN DÂN', 'XÃ TÂN THÀNH']) expect(xml).toContain(line)
    expect(xml).toContain('DỰ THẢO')
    expect(xml).toContain('của Ủy ban nhân dân tỉnh Bình Phước ')
    expect(xml).toContain('w:pageBreakBefore')
    // each is invited for what they lack, with a telephone to answer (F6)
    expect(xml).toContain('Đăng ký SIM chính chủ tích hợp chữ ký số')
    expect(xml.match(/Làm thẻ căn cước, kích hoạt tài khoản định danh điện tử/g)).toHaveLength(1)
    expect(xml).toContain('0271 3879 123')
  })
})

describe('the calendar file', () => {
  const entry = {
    uid: 'a@4phu',
    day: '2024-06-14',
    time: '18:30',
    minutes: 30,
    title: 'Hỗ trợ Trần Văn Ước',
    place: 'Ấp 3, xã Tân Thành; nhà',
  }
  const written = Date.parse('2024-06-12T09:00+07:00')
  it('names time in UTC, and place with its signs escaped', () => {
    const text = writeCalendar('Kế hoạch 45/KH-UBND', [entry], written)
    expect(text).toContain('X-WR-CALNAME:Kế hoạch 45/KH-UBND\r\n')
    expect(text).toContain('DESCRIPTION:Kế hoạch 45/KH-UBND\r\n')
    expect(text).toContain('DTSTART:20240614T113000Z\r\nDTEND:20240614T120000Z')
    expect(text).toContain('LOCATION:Ấp 3\\, xã Tân Thành\\; nhà')
    expect(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true)
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
  })
  it('an appointment without a time is the whole day', () => {
    expect(writeCalendar('KH', [{ ...entry, time: '' }], written)).toContain(
      'DTSTART;VALUE=DATE:20240614\r\nDTEND;VALUE=DATE:20240615',
    )
  })
  it('has no line longer than 75 bytes', () => {
    const text = writeCalendar('KH', [{ ...entry, title: 'Hỗ trợ '.repeat(30) }], written)
    const lines = text.split('\r\n')
    expect(lines.every(line => Buffer.byteLength(line) <= 75)).toBe(true)
    expect(text.replaceAll('\r\n ', '')).toContain(`SUMMARY:${'Hỗ trợ '.repeat(30)}`)
  })
})
