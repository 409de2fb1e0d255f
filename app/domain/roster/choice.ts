import type { RowRef } from './row.ts'

/** A person's answer to a proposal: the official meant, another row of the file, or somebody new. */
export type RosterChoice = { officialId: number } | { sameAs: RowRef } | 'new'
export type SettledChoice = RowRef & { choice: RosterChoice }

const ROW_WORD = /^dong-(\d{1,7})-([\s\S]{1,100})$/

/** A row as one word of a form; `readRowWord` takes it back. */
export function rowWord({ sheet, row }: RowRef): string {
  return `dong-${row}-${sheet}`
}

function readRowWord(word: string): RowRef | undefined {
  const [, row, sheet] = ROW_WORD.exec(word) ?? []
  return row === undefined || sheet === undefined ? undefined : { sheet, row: Number(row) }
}

/** A choice as one word of a form. */
export function choiceWord(choice: RosterChoice): string {
  if (choice === 'new') return 'moi'
  return 'officialId' in choice ? `nguoi-${choice.officialId}` : rowWord(choice.sameAs)
}

/** The choices of a form whose fields are named by `rowWord` and hold a `choiceWord`; anything else is passed over. */
export function readChoices(fields: Iterable<readonly [name: string, word: string]>): SettledChoice[] {
  return [...fields].flatMap(([name, word]) => {
    const ref = readRowWord(name)
    const choice = readChoiceWord(word)
    return ref && choice ? [{ ...ref, choice }] : []
  })
}

function readChoiceWord(word: string): RosterChoice | undefined {
  if (word === 'moi') return 'new'
  const [, officialId] = /^nguoi-(\d{1,15})$/.exec(word) ?? []
  if (officialId !== undefined) return { officialId: Number(officialId) }
  const sameAs = readRowWord(word)
  return sameAs && { sameAs }
}
