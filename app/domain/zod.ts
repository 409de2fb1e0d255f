import { z } from 'zod'

/*
 * zod writes code for its shapes where it may, and asks by trying. In a browser the content policy forbids that, and each
 * try would be reported as a breach: shapes are read the plain way there. Every shape imports `z` from here.
 */
if ('document' in globalThis) z.config({ jitless: true })

export { z }
