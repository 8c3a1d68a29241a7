/**
 * Keeps what is lit in view, where a picture is larger than its frame.
 *
 * Where the parts are is known from the picture's own coordinates, and the frame's size and
 * place are noted as they change: so a step need not ask for the layout.
 */

const MARGIN = 16; // pixels between what is lit and the frame's edge

/** @typedef {{left: number, top: number, right: number, bottom: number}} Rectangle */

const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class View {
  /** @param {HTMLElement} frame */
  constructor(frame) {
    this.frame = frame;
    this.scale = 0; // pixels of the page for one of the picture; 0 while it can't be seen
    this.width = this.height = this.left = this.top = 0;
    /** @type {Map<Element, Rectangle>} */
    this.places = new Map();
    const observer = new ResizeObserver(() => this.measure());
    observer.observe(frame);
    frame.addEventListener("scroll", () => this.measure(), { passive: true });
  }

  measure() {
    const svg = this.frame.querySelector("svg");
    this.scale = svg ? svg.clientWidth / svg.viewBox.baseVal.width : 0;
    this.width = this.frame.clientWidth;
    this.height = this.frame.clientHeight;
    this.left = this.frame.scrollLeft;
    this.top = this.frame.scrollTop;
  }

  /** Scroll as little as shows these boxes, or the last where they don't fit. @param {SVGGElement[]} boxes */
  reveal(boxes) {
    if (!this.scale || !boxes.length) return;
    const places = boxes.map((box) => this.placeOf(box));
    let place = places.reduce(union);
    if (place.right - place.left > this.width || place.bottom - place.top > this.height) {
      place = places[places.length - 1];
    }
    const left = nearest(this.left, this.width, place.left, place.right);
    const top = nearest(this.top, this.height, place.top, place.bottom);
    if (left === this.left && top === this.top) return;
    this.left = left;
    this.top = top;
    this.frame.scrollTo({ left, top, behavior: calm.matches ? "instant" : "smooth" });
  }

  /** @param {SVGGElement} box @returns {Rectangle} in pixels of the page, from the picture's corner */
  placeOf(box) {
    let place = this.places.get(box);
    if (!place) this.places.set(box, (place = placeInPicture(box)));
    const { left, top, right, bottom } = place;
    return {
      left: left * this.scale - MARGIN,
      top: top * this.scale - MARGIN,
      right: right * this.scale + MARGIN,
      bottom: bottom * this.scale + MARGIN,
    };
  }
}

/** @param {Rectangle} a @param {Rectangle} b */
function union(a, b) {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

/** The scroll position next to `now` that shows what lies from `start` to `end`. @param {number} now @param {number} size @param {number} start @param {number} end */
function nearest(now, size, start, end) {
  return Math.max(0, Math.min(Math.max(now, end - size), start));
}

/** @param {SVGGElement} box @returns {Rectangle} */
function placeInPicture(box) {
  const [x, y] = numbers(
    /translate\(([^)]*)\)/.exec(box.parentElement?.getAttribute("transform") ?? "")?.[1],
  );
  const points = numbers(box.querySelector("polygon")?.getAttribute("points"));
  const xs = points.filter((_, i) => i % 2 === 0);
  const ys = points.filter((_, i) => i % 2 === 1);
  return {
    left: Math.min(...xs) + x,
    top: Math.min(...ys) + y,
    right: Math.max(...xs) + x,
    bottom: Math.max(...ys) + y,
  };
}

/** @param {string | null | undefined} text */
function numbers(text) {
  return (text ?? "0,0")
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(Number);
}
