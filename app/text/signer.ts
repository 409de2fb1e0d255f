import type { SigningCapacity } from '#app/domain/signer.ts'

export const signingCapacities: Record<SigningCapacity, string> = {
  head: 'Người đứng đầu',
  deputy: 'Ký thay (KT.)',
  by_order: 'Thừa lệnh (TL.)',
  authorised: 'Thừa ủy quyền (TUQ.)',
}
