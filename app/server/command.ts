import { randomBytes } from 'node:crypto'

/** Commands of the operator: `node build/server/command.js <name>`; `npm run …` names each. */
const [name = ''] = process.argv.slice(2)
const run = COMMANDS()[name]
if (!run) {
  process.stderr.write(`unknown command: ${name || '(none)'}; known: ${Object.keys(COMMANDS()).join(', ')}\n`)
  process.exitCode = 2
} else await run()

function COMMANDS(): Record<string, () => Promise<void> | void> {
  return {
    'keys:create': () => {
      process.stdout.write(`MASTER_KEY=${randomBytes(32).toString('base64')}\n`)
    },
  }
}
