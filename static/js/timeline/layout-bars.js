// The longer marks of a lane: bars beside what is short, bundles of bars of one extent, blocks that came as counts.
export const LONG = 90; // pixels: bars over this take the outer rows
const SAME = 3; // as many bars of one extent are drawn as one, with their number

/** Bars of one extent and side, SAME or more of them, are drawn once with their number. */
function bundle(data, long) {
  const groups = new Map();
  for (const i of long) {
    const key = `${data.start[i]} ${data.length[i]} ${data.flags[i] & 0x601f}`;
    if (groups.has(key)) groups.get(key).push(i);
    else groups.set(key, [i]);
  }
  return [...groups.values()].flatMap((g) => (g.length >= SAME ? [g] : g.map((i) => [i])));
}

/** A bundle is drawn plain: its members differ in stance, doubt and review. */
function plain(traits) {
  return {
    ...traits, stance: 'asserts', review: 'accepted', inferred: false, approximate: false, uncertain: false, open: null,
    precision: traits.open ? 'decade' : traits.precision,
  };
}

/** How a block of `days` is drawn: by the calendar unit that is about as long. */
function precisionOf(days) {
  if (days <= 39) return 'month';
  if (days <= 118) return 'season';
  return days <= 474 ? 'year' : 'decade';
}

/** Bundles of the longer claims that came as counts. */
export function countedBars(blocks, at) {
  return blocks.map((block) => {
    const open = block.open === 1 ? 'end' : block.open === 2 ? 'start' : null;
    const from = open === 'start' ? Math.min(at.origin, block.from) : block.from;
    const to = open === 'end' ? Math.max(at.end, block.to) : block.to;
    const x = (from - at.origin) * at.perDay;
    const w = (to - from) * at.perDay;
    const traits = {
      precision: precisionOf(to - from), reported: block.reported, stance: 'asserts', review: 'accepted',
      inferred: false, approximate: false, uncertain: false, open: null,
    };
    return {
      kind: 'bundle', i: -2, x, w: Math.max(1, w - 2), traits, left: x, right: x + w - 2, row: 0,
      members: [], count: block.count, blocks: [block],
    };
  });
}

/** Takes another bar into one: what touches in the last row is drawn as one, with the number of all. */
function join(into, item) {
  into.members.push(...item.members);
  into.count = (into.count || 0) + (item.count || 0);
  if (item.blocks) into.blocks = [...(into.blocks || []), ...item.blocks];
  into.left = Math.min(into.left, item.left);
  into.right = Math.max(into.right, item.right);
}

/** The bars of the last row, sorted by left edge, those that touch joined. */
function joined(items, row) {
  const bundles = [];
  for (const item of items.sort((a, b) => a.left - b.left || a.i - b.i)) {
    item.row = row;
    const last = bundles[bundles.length - 1];
    if (!last || item.left > last.right) {
      bundles.push(item);
      continue;
    }
    if (last.kind !== 'bundle') Object.assign(last, { kind: 'bundle', i: -2, traits: { ...plain(last.traits), precision: 'decade' } });
    join(last, item);
    Object.assign(last, { x: last.left, w: last.right - last.left });
  }
  return bundles;
}

/** Places the bars of a lane; `counted` came as counts. `measured` gives the places of one claim. For what finds no row there is one more. */
export function layoutBars(data, long, measured, sides, counted, sizes) {
  const bars = bundle(data, long).map((members) => ({
    ...measured(members[0]), members, kind: members.length > 1 ? 'bundle' : 'bar',
  }));
  for (const item of bars) if (item.kind === 'bundle') Object.assign(item, { traits: plain(item.traits), i: -2 });
  bars.push(...counted);
  bars.sort((a, b) => (a.w > LONG) - (b.w > LONG) || a.left - b.left || a.i - b.i);
  const most = bars.length > sizes.many ? sizes.barsOfMany : sizes.bars;
  sides.own.most = most.own;
  sides.reported.most = most.reported;
  const spilled = { own: [], reported: [] };
  const placed = bars.filter((item) => {
    const side = item.traits.reported ? 'reported' : 'own';
    item.row = sides[side].place(item.left, item.right);
    if (item.row < 0) spilled[side].push(item);
    return item.row >= 0;
  });
  return [...placed, ...joined(spilled.own, most.own), ...joined(spilled.reported, most.reported)];
}
