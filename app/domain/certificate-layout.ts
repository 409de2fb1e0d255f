import { z } from '#app/domain/zod.ts'
import type { InputProblem } from './problem.ts'

/** What is printed onto the form of a certificate, each in a box of its own. */
export const CERTIFICATE_PARTS = ['authority', 'name', 'reason', 'day', 'signing', 'signer', 'number'] as const
export type CertificatePart = (typeof CERTIFICATE_PARTS)[number]

/** A box on the form: its top left corner and its width in millimetres, its type in points. */
type Box = { left: number; top: number; width: number; size: number }

/** The size of the form (mm) and the boxes of what is printed onto it. */
export type CertificateLayout = { width: number; height: number; boxes: Record<CertificatePart, Box> }

/** Where things go on a form of A4 across until somebody measures the province's own. */
export const USUAL_LAYOUT: CertificateLayout = {
  width: 297,
  height: 210,
  boxes: {
    authority: { left: 40, top: 62, width: 217, size: 16 },
    name: { left: 40, top: 92, width: 217, size: 20 },
    reason: { left: 40, top: 110, width: 217, size: 15 },
    day: { left: 150, top: 138, width: 120, size: 14 },
    signing: { left: 150, top: 146, width: 120, size: 14 },
    signer: { left: 150, top: 182, width: 120, size: 15 },
    number: { left: 30, top: 176, width: 90, size: 12 },
  },
}

/** The name of a field of the layout's form: `name.left`. */
export const boxField = (part: CertificatePart, side: keyof Box) => `${part}.${side}`

const millimetres = (min: number, max: number) =>
  z
    .string()
    .trim()
    .refine(text => /^\d{1,3}([.,]\d)?$/.test(text), { error: 'out_of_range' satisfies InputProblem })
    .transform(text => Number(text.replace(',', '.')))
    .refine(value => value >= min && value <= max, { error: 'out_of_range' satisfies InputProblem })

const box = z.object({
  left: millimetres(0, 420),
  top: millimetres(0, 420),
  width: millimetres(10, 420),
  size: millimetres(8, 48),
})

/** Sizes and positions as somebody measured them on the printed form. */
export const certificateLayoutInput = z.object({
  width: millimetres(100, 420),
  height: millimetres(100, 420),
  ...(Object.fromEntries(CERTIFICATE_PARTS.map(part => [part, box])) as Record<CertificatePart, typeof box>),
})

/** The layout that a filled-in form means. */
export function layoutOf(input: z.infer<typeof certificateLayoutInput>): CertificateLayout {
  const { width, height, ...boxes } = input
  return { width, height, boxes }
}
