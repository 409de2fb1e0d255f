import { defineConfig } from 'drizzle-kit'

/** `npm run db:generate` drafts a migration; STRICT, triggers and the full-text table are added to it by hand. */
export default defineConfig({
  dialect: 'sqlite',
  schema: './db/schema.ts',
  out: './db/migrations',
  casing: 'snake_case',
})
