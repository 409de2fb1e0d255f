import { type BoardRow, type Dimension, findBoard } from '#app/queries/aggregate.server.ts'
import { capitalize, DIMENSIONS, dimensionLabels } from '#app/text/board.ts'
import { labels } from '#app/text/vocabulary.ts'
import { found, idOf, type Visit } from '../_web/visit.server.ts'
import { boardPage } from './params.ts'

/** The board that a URL asks for: `?theo=` the split, `don-vi=` the unit (else the visitor's largest). */
export function readBoard({ actor, campaign }: Visit, url: URL) {
  const { dimension: split, unit: typed } = boardPage.read(url)
  const slug = split || dimensionLabels.unit.slug
  const dimension = found(DIMENSIONS.find(word => dimensionLabels[word].slug === slug))
  const board = found(findBoard(actor, campaign.id, { unitId: typed ? idOf(typed) : undefined, dimension }))
  return { ...board, dimension, hasPeople: dimension !== 'locality' }
}

const isWord = <Word extends string>(words: Record<Word, string>, key: string): key is Word => key in words

/** Labels a row of a board. */
export function labelOf(dimension: Dimension, { key, name }: Pick<BoardRow, 'key' | 'name'>): string {
  if (dimension === 'block' && isWord(labels.block, key)) return labels.block[key]
  if (dimension === 'category' && isWord(labels.category, key)) return labels.category[key]
  return capitalize(name ?? key)
}
