import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const ROOT = new URL('../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, ROOT), 'utf8');

/** The modules that `name` brings in at once, itself first. */
function needed(name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  const source = read(`static/js/timeline/${name}`);
  for (const [, other] of source.matchAll(/^import [^;]*?'\.\/([\w-]+\.js)';/gms)) needed(other, found);
  return found;
}

test('the page asks at once for every module that it starts with, and for no other', () => {
  const head = read('templates/timeline/_canvas_head.html');
  const asked = [...head.matchAll(/modulepreload" href="\{% static 'js\/timeline\/([\w-]+\.js)'/g)].map(([, name]) => name);
  assert.ok(asked.length > 20);
  assert.deepEqual([...asked].sort(), [...needed('main.js')].sort());
});
