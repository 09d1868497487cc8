import { defineConfig } from 'drizzle-kit';

// Run from the project root after a change to schema.ts:
//   npx drizzle-kit generate --config src/store/drizzle.config.ts --name <what-changes>
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/store/schema.ts',
  out: './src/store/migrations',
});
