import { readWorklistTable } from '#app/imports/worklist-table.ts'
import { workbookOf } from './tests/fixtures/sheets.ts'
const head = ['STT', 'Họ, chữ đệm và tên', 'Số ĐDCN', 'Ngày, tháng, năm sinh', 'Giới tính', 'SĐT liên hệ']
const lines:any[] = [['CÔNG AN TP ĐỒNG XOÀI'], ['CÔNG AN XÃ TÂN THÀNH'], [],
      ['DANH SÁCH CÔNG DÂN CHƯA KÍCH HOẠT TÀI KHOẢN ĐỊNH DANH ĐIỆN TỬ'], [],
      [...head, 'Nơi cư trú', 'Ghi chú'],[1, 'NGUYỄN VĂN QUYÊN', 70066500037, `17/09/1966`, 'Nam', 978082196,'Ấp 1']]
const CONTEXT = { communes: [{ code: '25207', name: 'Tân Thành', type: 'xã' }], allCommunes: [], minimumAge: 14, endsOn: '2024-07-03' }
console.dir(await readWorklistTable(await workbookOf({lines, merges:['A1:D1', 'A2:D2', 'A4:I4']}), CONTEXT), {depth:6})
