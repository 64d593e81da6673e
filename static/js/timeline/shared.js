// What the first view stands on and what is fetched later stands on as well: in production main.js, which holds all
// of the first view, keeps these for it. Nothing imports this; see config/bundling.py.
export * from './axis.js';
export * from './cluster-marks.js';
export * from './draw-mark.js';
export * from './frame.js';
export * from './keyboard.js';
export * from './lanes.js';
export * from './marks-data.js';
export * from './numbers.js';
export * from './surface.js';
