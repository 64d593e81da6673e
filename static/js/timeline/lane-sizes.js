// How high marks, rows and lanes are. Few lanes take what they need; many share a page's length, down to where a
// lane is its line, columns two rows high with one row of bars over them, and what is reported under it.
const FEW = 12; // lanes: up to so many each takes what it needs
const SHARED = 2000; // pixels that more of them share
const ROWS = 8; // about so many rows' worth of pixels is a lane's share
const LOWEST = { share: 74, line: 59, pitch: 8, h: 7 }; // beneath such shares all lanes are of one height; have a row less
const WORDS = 14; // pixels from row to row: below, words would lie upon marks
const PADS = { top: 12, over: 3, under: 4, foot: 10 };
const LOW_PADS = { top: 2, over: 2, under: 3, foot: 2 };
const DESK = {
  h: 12, pitch: 20, least: 74, room: { own: 3, reported: 2 }, short: { own: 4, reported: 3 },
  bars: { own: 7, reported: 5 }, barsOfMany: { own: 5, reported: 3 }, many: 40, words: true, even: false, ...PADS,
};
const PHONE = { // a lane there is a third of the screen at most
  ...DESK, h: 8, pitch: 15, least: 46, bars: DESK.barsOfMany, barsOfMany: { own: 4, reported: 2 }, many: 12,
};

/**
 * The sizes where so many lanes are shown: h of a mark; pitch from row to row; room, the rows that columns take;
 * short, the rows for short marks; bars and, from `many` bars on, barsOfMany, the rows for those; least of a lane;
 * words, whether numbers and labels have room; even, whether all lanes are of one height; top, over, under, foot.
 */
export function laneSizes(lanes, phone) {
  const base = phone ? PHONE : DESK;
  if (lanes <= FEW) return base;
  const share = SHARED / lanes;
  const pitch = Math.max(LOWEST.pitch, Math.min(base.pitch, Math.floor(share / ROWS)));
  const room = { own: share < LOWEST.line ? 2 : 3, reported: 1 };
  const even = share < LOWEST.share;
  const words = pitch >= WORDS;
  return {
    ...base, ...words ? PADS : LOW_PADS, pitch, room, words, even, h: Math.min(base.h, Math.max(LOWEST.h, Math.round(pitch * 0.4 + 4))),
    least: even ? 0 : base.least, short: room, bars: room, barsOfMany: room,
  };
}
