import { foldWords } from './name.ts'

/** Whether words of the police's lists say that an account is activated, by their folded text; remembered once told. */
export type LevelWords = Readonly<Record<string, boolean>>

/** Words that only surround the answer. */
const AROUND =
  '(?:tai khoan|tk|dinh danh|dien tu|dddt|vneid|muc do|cap do|muc|cap|[012]|va|dang ky|cap|duyet|thu nhan|tao|lap)'
/** `đã kích hoạt mức 2`, `mức 1`, `tài khoản mức độ 2`, `kích hoạt thành công`, `đang hoạt động`, `x`. */
const ACTIVATED = new RegExp(
  `^(?:x+|v|co|roi|yes|true|dung|da|xong|(?:${AROUND}|da|duoc|dang|kich hoat|hoat dong|thanh cong| )*(?:kich hoat|hoat dong|thanh cong|\\b[12])(?:${AROUND}|kich hoat|thanh cong|roi| )*)$`,
)
/** `chưa kích hoạt`, `chưa đăng ký`, `đã cấp, chưa kích hoạt`, `không có tài khoản`, `chờ kích hoạt`, `0`. */
const NOT_ACTIVATED = new RegExp(
  `^(?:(?:${AROUND}|da|duoc|co|nhung| )*(?:chua|khong|ko|cho)(?:${AROUND}|duoc|co|thanh cong|kich hoat|tim thay|hoat dong| )*|0|no|false|sai)$`,
)

/**
 * Reads what a list says of an account: activated or not. Both levels count as activated (domain 6.3). Null where
 * blank; undefined where the words are not known, also not among `told`.
 */
export function readLevel(text: string, told: LevelWords = {}): boolean | null | undefined {
  const words = foldWords(text)
  if (words === '') return /^[✓✔☑√]$/u.test(text.trim()) ? true : null
  if (ACTIVATED.test(words)) return true
  if (NOT_ACTIVATED.test(words)) return false
  return told[words]
}

/** Words not understood: as written first, and how many rows bear them. */
export type UnknownWord = { word: string; rows: number }

const MOST_WORDS = 20
const MOST_LETTERS = 40
/** A word that so many rows bear is an answer, also where it is written as a name is. */
const REPEATED = 3
/** Capitals at each word, or digits as of a number: what a column of people holds, and no answer. */
const NAME = /^\p{Lu}\S*(\s+\p{Lu}\S*)+$/u
const DIGITS = /\d{4}/

/** Counts words that are not understood. */
export class UnknownWords {
  readonly #found = new Map<string, UnknownWord>()

  see(text: string) {
    const key = foldWords(text)
    const known = this.#found.get(key)
    if (known) known.rows += 1
    else if (this.#found.size <= MOST_WORDS) this.#found.set(key, { word: text.trim(), rows: 1 })
  }

  /**
   * The words, those of most rows first; none where there are too many, for then the column is another one. What looks
   * like a person is left out.
   */
  get list(): UnknownWord[] {
    if (this.#found.size > MOST_WORDS) return []
    return [...this.#found.values()]
      .filter(
        ({ word, rows }) => word.length <= MOST_LETTERS && !DIGITS.test(word) && (rows >= REPEATED || !NAME.test(word)),
      )
      .sort((a, b) => b.rows - a.rows)
  }
}
