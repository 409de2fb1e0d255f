/** How a form names a record as it is shown; read by `shownInput`. */
export const shownValue = ({ id, revision }: { id: number; revision: number }) => `${id}.${revision}`
