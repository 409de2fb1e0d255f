import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'

/**
 * One measured figure. `reach`: its target in words; `isReached`: whether it was reached; undefined: only for
 * comparison.
 */
export type Figure = { part: string; name: string; value: number; unit: string; reach?: string; isReached?: boolean }

const FOLDER = 'bench/results'

/** Collects figures, prints each as it comes, and writes them all as JSON and Markdown. */
export class Report {
  private readonly figures: Figure[] = []

  constructor(private readonly size: object) {}

  /** Notes a figure; `most` or `least` is its target. */
  note(part: string, name: string, value: number, unit: string, asked: { most?: number; least?: number } = {}) {
    const { most, least } = asked
    const figure: Figure = { part, name, value: Number(value.toPrecision(4)), unit }
    if (most !== undefined) Object.assign(figure, { reach: `≤ ${most}`, isReached: value <= most })
    if (least !== undefined) Object.assign(figure, { reach: `≥ ${least}`, isReached: value >= least })
    this.figures.push(figure)
    const mark = figure.isReached === undefined ? ' ' : figure.isReached ? '✓' : '✗'
    process.stdout.write(
      `${mark} ${part} · ${name}: ${figure.value} ${unit}${figure.reach ? ` (${figure.reach})` : ''}\n`,
    )
  }

  /** True if every figure with a target reached it. */
  get isReached(): boolean {
    return this.figures.every(figure => figure.isReached !== false)
  }

  /** Writes what was noted; returns the files' names without ending. */
  write(): string {
    mkdirSync(FOLDER, { recursive: true })
    const at = new Date().toISOString()
    const base = join(FOLDER, at.slice(0, 19).replaceAll(':', ''))
    const machine = {
      cores: cpus().length,
      model: cpus()[0]?.model,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      node: process.version,
    }
    writeFileSync(`${base}.json`, JSON.stringify({ at, size: this.size, machine, figures: this.figures }, null, 2))
    const rows = this.figures.map(
      ({ part, name, value, unit, reach = '', isReached }) =>
        `| ${part} | ${name} | ${value} ${unit} | ${reach} | ${isReached === undefined ? '' : isReached ? 'yes' : 'NO'} |`,
    )
    writeFileSync(
      `${base}.md`,
      `# Bench of ${at}\n\n${JSON.stringify(this.size)}, ${machine.cores} cores ${machine.model ?? ''}, ${machine.memoryGb} GB, Node.js ${machine.node}\n\n| part | figure | measured | asked | reached |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`,
    )
    return base
  }
}
