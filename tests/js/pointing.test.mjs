import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pointing } from '../../static/js/timeline/pointing.js';

/** The window that a click on `item` leads to where `days` are in view, null where its list is asked for. */
async function opened(item, days) {
  let shown = null;
  const pointing = new Pointing({
    data: { counts: {} },
    scale: { from: 0, to: days },
    fit: (...window) => {
      shown = window;
    },
  });
  pointing.listed = () => Promise.reject(new Error('list'));
  await pointing.openMany({}, { kind: 'column', from: 100, own: 2, reported: 1, ...item }, 0, 0)
    .catch(({ message }) => assert.equal(message, 'list'));
  return shown;
}

test('a long and full column opens to a closer view, a short or spare one to its list', async () => {
  assert.deepEqual(await opened({ to: 130, own: 20 }, 900), [77.5, 152.5]);
  assert.equal(await opened({ to: 130 }, 900), null);
  assert.equal(await opened({ to: 107, own: 20 }, 900), null);
});

test('a cell of the second axis opens to a closer view while there is any: the list of its days is not its own', async () => {
  for (const to of [101, 107, 130]) {
    const [from, end] = await opened({ to, closer: true }, 900);
    assert.ok(from < 100 && end > to && end - from < 900);
  }
  assert.equal(await opened({ to: 101, closer: true }, 2), null);
});

test('a click anywhere on the lanes closes the list that stands open', () => {
  for (const found of [null, { item: { kind: 'mark', i: 3 } }]) {
    const done = [];
    const pointing = new Pointing({
      frame: { keys: { focus() {} } }, tip: { hide() {} }, list: { close: () => done.push('closed') }, open: (i) => done.push(i),
    });
    pointing.at = () => ({ row: {}, found });
    pointing.click({}, 0, 0);
    assert.deepEqual(done, found ? ['closed', 3] : ['closed']);
  }
});
