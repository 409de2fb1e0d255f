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
    reason: { left: 40, top: 116, width: 217, size: 15 },
    day: { left: 150, top: 140, width: 120, size: 14 },
    signing: { left: 150, top: 146, width: 120, size: 14 },
    signer: { left: 150, top: 182, width: 120, size: 15 },
    number: { left: 30, top: 176, width: 110, size: 12 },
  },
}

/** The name of a field of the layout's form: `name.left`. */
export const boxField = (part: CertificatePart, side: keyof Box) => `${part}.${side}`
