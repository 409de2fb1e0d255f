import type { FieldMetadata } from '@conform-to/react'
import { FINDING_WAYS, PICK_RESULTS } from '#app/domain/vocabulary.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { optionsOf, RadioGroup, TextArea } from './field.tsx'

/** What the fields of a sheet's result are called. */
export const CHECK_LABELS = { result: 'Kết quả kiểm tra', foundBy: 'Cách kiểm tra', note: 'Ghi chú' }

/** What was found at a sheet and how, with the team's note. `isReplaced`: another record is drawn where it is not reached. */
export function CheckFields({
  fields,
  isReplaced,
}: {
  fields: Record<keyof typeof CHECK_LABELS, FieldMetadata<string>>
  isReplaced: boolean
}) {
  return (
    <>
      <RadioGroup
        field={fields.result}
        label={CHECK_LABELS.result}
        options={PICK_RESULTS.map(value => ({
          value,
          label: officeLabels.pickResult[value],
          hint: value === 'not_reached' && isReplaced ? 'Hệ thống chọn thay trường hợp kế tiếp cùng nhóm' : undefined,
        }))}
      />
      <RadioGroup
        field={fields.foundBy}
        label={CHECK_LABELS.foundBy}
        hint="Điền sẵn theo mục đích đã mở; phiếu chưa gặp được thì hệ thống bỏ trống mục này."
        options={optionsOf(FINDING_WAYS, officeLabels.findingWay)}
      />
      <TextArea
        field={fields.note}
        label={CHECK_LABELS.note}
        hint="Người dân nói gì, đã xem gì; chỉ tổ kiểm tra đọc được. Nhiều nhất 500 ký tự."
      />
    </>
  )
}
