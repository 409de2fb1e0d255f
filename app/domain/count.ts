import { visibleText } from './letters.ts'

/**
 * Reads a count as people and systems write it in forms and files: `1234`, `1.234`, `1,234`, `1 234`, `1234.0`.
 * Undefined for anything else.
 */
export function readCount(text: string): number | undefined {
  const plain = visibleText(text).replaceAll(/\s/g, '')
  if (/^\d{1,9}$/.test(plain)) return Number(plain)
  if (/^\d{1,9}[.,]0{1,2}$/.test(plain)) return Number(plain.replace(/[.,]0+$/, ''))
  return /^\d{1,3}([.,])\d{3}(\1\d{3})?$/.test(plain) ? Number(plain.replaceAll(/[.,]/g, '')) : undefined
}
