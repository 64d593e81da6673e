// What drawing asks of a canvas, written down as SVG: the same picture, sharp at any size.

const escaped = (text) => String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const short = (n) => String(Math.round(n * 100) / 100);

export class SvgContext {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.out = [];
    this.defs = [];
    this.stack = [];
    this.matrix = '';
    this.clips = [];
    this.path = '';
    this.dash = [];
    Object.assign(this, {
      fillStyle: '#000', strokeStyle: '#000', lineWidth: 1, globalAlpha: 1, font: '12px sans-serif',
      textAlign: 'left', textBaseline: 'alphabetic', lineJoin: 'miter',
    });
    this.ruler = document.createElement('canvas').getContext('2d');
  }

  save() {
    const { matrix, clips, fillStyle, strokeStyle, lineWidth, globalAlpha, font, textAlign } = this;
    this.stack.push({ matrix, clips, fillStyle, strokeStyle, lineWidth, globalAlpha, font, textAlign });
  }

  restore() {
    Object.assign(this, this.stack.pop());
  }

  translate(x, y) {
    this.matrix += `translate(${short(x)} ${short(y)})`;
  }

  rotate(angle) {
    this.matrix += `rotate(${short((angle * 180) / Math.PI)})`;
  }

  setLineDash(dash) {
    this.dash = dash;
  }

  measureText(text) {
    this.ruler.font = this.font;
    return this.ruler.measureText(text);
  }

  beginPath() {
    this.path = '';
  }

  moveTo(x, y) {
    this.path += `M${short(x)} ${short(y)}`;
  }

  lineTo(x, y) {
    this.path += `L${short(x)} ${short(y)}`;
  }

  closePath() {
    this.path += 'Z';
  }

  /** Whole circles only: nothing else is drawn. */
  arc(x, y, radius) {
    const r = short(radius);
    this.path += `M${short(x - radius)} ${short(y)}a${r} ${r} 0 1 1 ${short(2 * radius)} 0a${r} ${r} 0 1 1 ${short(-2 * radius)} 0Z`;
  }

  rect(x, y, w, h) {
    this.path += `M${short(x)} ${short(y)}h${short(w)}v${short(h)}h${short(-w)}Z`;
  }

  roundRect(x, y, w, h, radius) {
    const r = Math.min(radius, w / 2, h / 2);
    const turn = (dx, dy) => `a${short(r)} ${short(r)} 0 0 1 ${short(dx * r)} ${short(dy * r)}`;
    this.path += `M${short(x + r)} ${short(y)}h${short(w - 2 * r)}${turn(1, 1)}v${short(h - 2 * r)}${turn(-1, 1)}`
      + `h${short(2 * r - w)}${turn(-1, -1)}v${short(2 * r - h)}${turn(1, -1)}Z`;
  }

  clip() {
    const id = `c${this.defs.length + 1}`;
    this.defs.push(`<clipPath id="${id}"><path d="${this.path}"${this.place()}/></clipPath>`);
    this.clips = [...this.clips, id];
  }

  place() {
    return this.matrix ? ` transform="${this.matrix}"` : '';
  }

  put(element) {
    const alpha = this.globalAlpha < 1 ? ` opacity="${short(this.globalAlpha)}"` : '';
    const inner = element.replace('/>', `${this.place()}${alpha}/>`).replace('>@', `${this.place()}${alpha}>`);
    this.out.push(this.clips.reduceRight((text, id) => `<g clip-path="url(#${id})">${text}</g>`, inner));
  }

  fill() {
    this.put(`<path d="${this.path}" fill="${this.fillStyle}"/>`);
  }

  stroke() {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.join(' ')}"` : '';
    this.put(`<path d="${this.path}" fill="none" stroke="${this.strokeStyle}" stroke-width="${short(this.lineWidth)}"${dash}/>`);
  }

  fillRect(x, y, w, h) {
    if (w > 0 && h > 0) this.put(`<rect x="${short(x)}" y="${short(y)}" width="${short(w)}" height="${short(h)}" fill="${this.fillStyle}"/>`);
  }

  strokeRect(x, y, w, h) {
    this.beginPath();
    this.rect(x, y, w, h);
    this.stroke();
  }

  text(words, x, y, most, paint) {
    const at = { center: 'middle', right: 'end' }[this.textAlign];
    const anchor = at ? ` text-anchor="${at}"` : '';
    const font = this.font.replace(/^semi-condensed /, '');
    // The width is kept where the reader's machine lacks the font.
    const width = ` textLength="${short(Math.min(this.measureText(words).width, most))}" lengthAdjust="spacingAndGlyphs"`;
    this.put(`<text x="${short(x)}" y="${short(y)}"${anchor}${words.length > 2 ? width : ''} style="font:${escaped(font)}" ${paint}>@${escaped(words)}</text>`);
  }

  fillText(words, x, y, most = Infinity) {
    this.text(words, x, y, most, `fill="${this.fillStyle}"`);
  }

  strokeText(words, x, y) {
    this.text(words, x, y, Infinity, `fill="none" stroke="${this.strokeStyle}" stroke-width="${short(this.lineWidth)}" stroke-linejoin="round"`);
  }

  /** The whole picture. */
  toString() {
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${this.width}" height="${this.height}" viewBox="0 0 ${this.width} ${this.height}">`
      + `<defs>${this.defs.join('')}</defs>${this.out.join('')}</svg>`;
  }
}
