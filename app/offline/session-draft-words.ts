import { partSession } from '#app/domain/session-lines.ts'
import type { Draft } from './draft.ts'

/** How many people an unsaved session lists. */
export const describeSession = ({ entries }: Draft): string =>
  `một buổi hỗ trợ, ${partSession(entries).filled.length} người`
