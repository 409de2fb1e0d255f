import { fitsNode } from './node-version.ts'

/** The operator's commands as they are built: `node build/server/command.js NAME`. */
if (fitsNode()) await import('./command.ts')
