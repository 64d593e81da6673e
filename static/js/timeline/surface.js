// A canvas as sharp as the device, sized to its box.

export class Surface {
  /** Appends a canvas to `host`; it is a picture for the eye, the words stand elsewhere. */
  constructor(host, name) {
    this.canvas = document.createElement('canvas');
    this.canvas.className = name;
    this.canvas.setAttribute('aria-hidden', 'true');
    host.append(this.canvas);
    this.canvas.height = 0; // takes no room before it is drawn
    this.ctx = null;
    this.width = 0;
    this.height = 0;
    this.ratio = 0;
  }

  /** Sizes the canvas (CSS pixels) and clears it; gives the context, one unit a CSS pixel. */
  begin(width, height) {
    const ratio = window.devicePixelRatio || 1;
    if (width !== this.width || height !== this.height || ratio !== this.ratio) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
      this.canvas.style.width = `${width}px`;
      this.canvas.style.height = `${height}px`;
      Object.assign(this, { width, height, ratio });
    }
    this.ctx ||= this.canvas.getContext('2d');
    this.ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.ctx.clearRect(0, 0, width, height);
    return this.ctx;
  }
}
