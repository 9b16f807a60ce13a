// Writes docs/keys.md from the tables of keys. Needs a Node that reads TypeScript; `npm run keys` brings it.
import { writeFileSync } from 'node:fs';
import { keysPage } from '../src/screens/keys/keys-page.ts';

writeFileSync(new URL('../docs/keys.md', import.meta.url), keysPage());
