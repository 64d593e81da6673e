// Numbers in words. By hand: the browser's own way to write them costs a tenth of the first view's time.

/** A whole number as it is written: 12,340. */
export const many = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** "1 claim", "12,340 claims". */
export const claims = (n) => (n === 1 ? '1 claim' : `${many(n)} claims`);
