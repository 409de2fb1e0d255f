import { HELP_COLUMNS, type HelpColumn } from '#app/domain/help-import.ts'
import { personOf } from '#app/queries/account.server.ts'
import { campaignToday } from '#app/queries/clock.server.ts'
import { uploadHelp } from '#app/queries/help-batch.server.ts'
import { helpHeaders } from '#app/text/help-import.ts'
import { prepared } from '#db/client.server.ts'
import { Dice } from './dice.ts'
import { MadeUpNumbers } from './made-up-numbers.ts'
import { CAMPAIGN_ID } from './steps.server.ts'

type Line = Partial<Record<HelpColumn, string>>

/** Rows that the coordinator of Tân Thành received by Zalo: most are correct, some need a correction. */
function linesOf(numbers: MadeUpNumbers): Line[] {
  const line = (officialName: string, citizenName: string, year: number, changes: Line = {}): Line => ({
    officialName,
    citizenName,
    citizenNumber: numbers.personal(citizenName.includes('Thị') ? 'female' : 'male', year),
    birth: String(year),
    phone: numbers.phone(),
    district: 'Thành phố Đồng Xoài',
    commune: 'Tân Thành',
    hamlet: 'Ấp 3',
    helpedOn: '20/4/2024',
    place: 'Tại nhà',
    vneid_installed: 'x',
    eid_activated: '21/4/2024',
    sim_signature: 'Đã có từ trước',
    consentChannel: 'Bằng văn bản',
    consent: 'x',
    ...changes,
  })
  return [
    line('Trần Thị Mai Phương', 'Điểu Thị Sarin', 1972),
    line('Bùi Đức Thịnh', 'Nguyễn Văn Rạng', 1965, { helpedOn: '22/4/2024', eid_activated: '22/4/2024' }),
    line('Võ Minh Tuấn', 'Lâm Thị Khuê', 1988, { sim_signature: 'x' }),
    line('Phạm Quốc Bửu', 'Trần Văn Hợi', 1959),
    line('Lê Thị Ánh', 'Đinh Thị Nhạn', 1994, { eid_activated: 'Chưa' }),
    line('Nguyễn Văn Vắng', 'Hồ Thị Tím', 1981),
    line('Lê Thị Ánh', 'Phan Văn Cần', 1977, { citizenNumber: '285123456' }),
    line('Đỗ Văn Được', 'Thị Brơi', 1990, { consent: '', helpedOn: '31/4/2024' }),
  ]
}

/** A list by Zalo, uploaded by the coordinator of Tân Thành and waiting to be looked at. The worker plans it next. */
export function leaveBatch() {
  const coordinator = prepared<{ id: number; unitId: number }>(
    `select a.id, p.unit_id as unitId from account a join posting p on p.official_id = a.official_id
      where a.login = 'daumoi' and p.to_on is null`,
  ).get()
  const actor = coordinator && personOf(coordinator.id, campaignToday())
  if (!actor) throw new Error('no coordinator')
  const rows = linesOf(new MadeUpNumbers(new Dice(304))).map(line => HELP_COLUMNS.map(column => line[column] ?? ''))
  const table = [HELP_COLUMNS.map(column => helpHeaders[column].header), ...rows].map(cells => cells.join('\t'))
  uploadHelp(actor, {
    campaignId: CAMPAIGN_ID,
    unitId: coordinator.unitId,
    fileName: 'zalo-thang-4.txt',
    bytes: new TextEncoder().encode(table.join('\n')),
  })
}
