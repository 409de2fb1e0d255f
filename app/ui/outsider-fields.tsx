import type { FieldMetadata } from '@conform-to/react'
import { Link } from '@remix-run/react'
import { AWARD_FORMS, SEXES } from '#app/domain/vocabulary.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { labels } from '#app/text/vocabulary.ts'
import { optionsOf, RadioGroup, SelectField, TextArea, TextField } from './field.tsx'
import { Notice } from './notice.tsx'

export const OUTSIDER_LABELS = {
  name: 'Họ và tên, hoặc tên tập thể',
  description: 'Là ai, ở đâu',
  sex: 'Giới tính',
  birthYear: 'Năm sinh',
  number: 'Số định danh',
  form: 'Hình thức đề nghị',
  achievement: 'Thành tích',
  awards: 'Khen thưởng đã có',
  awardsText: 'Các khen thưởng đã có',
}

/** The fields of somebody who is proposed from outside the rosters, as the forms that enter and correct them have. */
export function OutsiderFields({ fields }: { fields: Record<keyof typeof OUTSIDER_LABELS, FieldMetadata> }) {
  const label = OUTSIDER_LABELS
  return (
    <>
      <TextField field={fields.name} label={label.name} />
      <TextField
        field={fields.description}
        label={label.description}
        hint="Ví dụ: cộng tác viên Viettel tại xã Tân Thành; Tổ công nghệ số cộng đồng ấp 3."
      />
      <div className="field-pair">
        <SelectField
          field={fields.sex}
          label={label.sex}
          placeholder="Tập thể, hoặc chưa rõ"
          options={optionsOf(SEXES, labels.sex)}
        />
        <TextField
          field={fields.birthYear}
          label={label.birthYear}
          hint="Bắt buộc với cá nhân"
          inputMode="numeric"
          isShort
        />
      </div>
      <TextField
        field={fields.number}
        label={label.number}
        hint="Cần khi trùng họ tên, năm sinh với người khác. Hệ thống chỉ giữ mã băm để so, không giữ số."
        inputMode="numeric"
      />
      <RadioGroup field={fields.form} label={label.form} options={optionsOf(AWARD_FORMS, officeLabels.awardForm)} />
      <TextArea
        field={fields.achievement}
        label={label.achievement}
        hint="Báo cáo thành tích in theo nội dung này. Không ghi thông tin cá nhân của người dân được hỗ trợ."
        rows={6}
      />
      <RadioGroup
        field={fields.awards}
        label={`${label.awards} (anh/chị hỏi người hoặc tập thể được đề nghị)`}
        options={[
          { value: 'none', label: 'Chưa có' },
          { value: 'some', label: 'Đã có' },
        ]}
      />
      <TextArea
        field={fields.awardsText}
        label={label.awardsText}
        hint="Mỗi dòng một khen thưởng: hình thức, năm, số quyết định."
        rows={3}
      />
    </>
  )
}

type Alike = { officialId: number; name: string; unitName: string; isSeen: boolean; likeness: string }

/** Names the officials who are like a person from outside, each with a link to their own page where it is open. */
export function AlikeOfficials({ alike }: { alike: readonly Alike[] }) {
  if (alike.length === 0) return null
  return (
    <Notice kind="warning" title="So với danh sách người thực hiện">
      <ul className="plain-list">
        {alike.map(row => (
          <li key={row.officialId}>
            {row.isSeen ? <Link to={`/can-bo/${row.officialId}`}>{row.name}</Link> : row.name}, {row.unitName}:{' '}
            {row.likeness === 'same'
              ? 'trùng số định danh'
              : row.likeness === 'unclear'
                ? 'trùng họ tên, năm sinh'
                : 'trùng họ tên, năm sinh; số định danh khác hoặc danh sách chưa có số'}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
