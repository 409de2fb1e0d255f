import { z } from '#app/domain/zod.ts'
import { CERTIFICATE_PARTS, type CertificateLayout, type CertificatePart } from './certificate-layout.ts'
import type { InputProblem } from './problem.ts'

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
