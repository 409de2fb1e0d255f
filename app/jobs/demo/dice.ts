/** Seeded pseudo-random numbers (mulberry32): the same seed throws the same sequence everywhere. */
export class Dice {
  private state: number

  constructor(seed: number) {
    this.state = seed
  }

  /** A number from 0 up to, not including, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number from `first` to `last`, both inclusive. */
  int(first: number, last: number): number {
    return first + Math.floor(this.next() * (last - first + 1))
  }

  /** A number from `least` up to `most`. */
  between(least: number, most: number): number {
    return least + this.next() * (most - least)
  }

  /** True with probability `share` (0–1). */
  chance(share: number): boolean {
    return this.next() < share
  }

  /** Draws a number around `mean`, bell-shaped; about two thirds are within `spread`. */
  bell(mean: number, spread: number): number {
    return mean + (this.next() + this.next() + this.next() - 1.5) * 2 * spread
  }

  pick<T>(list: readonly T[]): T {
    return existing(list[this.int(0, list.length - 1)])
  }

  /** One of the choices, each as likely as its weight. */
  weighted<T>(choices: readonly (readonly [T, number])[]): T {
    let left = this.next() * choices.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [choice, weight] of choices) {
      left -= weight
      if (left < 0) return choice
    }
    return existing(choices.at(-1))[0]
  }

  /** The same items in another order. */
  shuffled<T>(list: readonly T[]): T[] {
    const items = [...list]
    for (let n = items.length - 1; n > 0; n--) {
      const other = this.int(0, n)
      const moved = existing(items[n])
      items[n] = existing(items[other])
      items[other] = moved
    }
    return items
  }
}

function existing<T>(item: T | undefined): T {
  if (item === undefined) throw new RangeError('nothing to choose from')
  return item
}
