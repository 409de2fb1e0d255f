import type { Sex } from '#app/domain/vocabulary.ts'
import type { Dice } from './dice.ts'

/**
 * Hands out numbers, each once. Phones begin in 054, which the numbering plan has given to no mobile carrier
 * (Circular 22/2014: the 5x carriers are 052, 055, 056, 058 and 059), so none can ring. Personal numbers are valid in
 * form and agree with sex and birth year; their free digits, which a registry draws at random, are kept to the highest
 * tenth (9xxxxx), and no list of real people is at hand, so a likeness would be chance.
 */
export class MadeUpNumbers {
  private readonly dice: Dice
  private readonly given = new Set<string>()

  constructor(dice: Dice) {
    this.dice = dice
  }

  /** Twelve digits, registered in Bình Phước (070). */
  personal(sex: Sex, birthYear: number): string {
    const century = Math.floor(birthYear / 100) - 19
    const head = `070${century * 2 + (sex === 'female' ? 1 : 0)}${String(birthYear % 100).padStart(2, '0')}9`
    return this.once(() => head + String(this.dice.int(0, 99_999)).padStart(5, '0'))
  }

  /** Ten digits. */
  phone(): string {
    return this.once(() => `054${String(this.dice.int(0, 9_999_999)).padStart(7, '0')}`)
  }

  private once(draw: () => string): string {
    let number = draw()
    while (this.given.has(number)) number = draw()
    this.given.add(number)
    return number
  }
}
