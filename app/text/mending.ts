/** Beside the empty field of a number that is not shown whole. */
export const keptNumber = (tail: string) => `Đang ghi số …${tail}. Để trống nếu giữ nguyên.`
/** The same of another cell; a dash empties it. */
export const keptCell = 'Để trống nếu giữ nguyên; ghi “-” để bỏ.'
