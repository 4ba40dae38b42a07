// Makes the page on which the linter can be tried: one file, which runs nothing but its own script.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const here = import.meta.dirname;
const folder = join(here, '../../out/playground');

const { outputFiles } = await build({
  entryPoints: [join(here, 'main.ts')],
  bundle: true,
  minify: true,
  charset: 'utf8',
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  mainFields: ['module', 'main'],
  loader: { '.conf': 'text', '.yaml': 'text' },
  define: { 'process.platform': '"linux"' },
  write: false,
});
const script = outputFiles[0].text.replaceAll('</script', '<\\/script');
const style = readFileSync(join(here, 'style.css'), 'utf8');
const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = `default-src 'none'; img-src data:; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`;
const page = readFileSync(join(here, 'index.html'), 'utf8')
  .replace('%POLICY%', () => policy)
  .replace('<style></style>', () => `<style>${style}</style>`)
  .replace('></script>', () => `>${script}</script>`);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'index.html'), page);
console.log(`out/playground/index.html: ${Math.round(page.length / 1024)} KB`);
