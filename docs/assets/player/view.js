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
    this.width = this.height = this.left = this.top = 0; // of the frame, and how far it is scrolled
    this.right = this.bottom = 0; // how far it can be
    /** @type {Map<Element, Rectangle>} */
    this.places = new Map();
    const observer = new ResizeObserver(() => this.measure());
    observer.observe(frame);
    // Not on the way: until a scroll has ended, what counts is where it leads.
    const scrolled = "onscrollend" in frame ? "scrollend" : "scroll";
    frame.addEventListener(scrolled, () => this.measure(), { passive: true });
  }

  measure() {
    const svg = this.frame.querySelector("svg");
    this.scale = svg ? svg.clientWidth / svg.viewBox.baseVal.width : 0;
    this.width = this.frame.clientWidth;
    this.height = this.frame.clientHeight;
    this.left = this.frame.scrollLeft;
    this.top = this.frame.scrollTop;
    this.right = this.frame.scrollWidth - this.width;
    this.bottom = this.frame.scrollHeight - this.height;
  }

  /** Bring these boxes to the middle unless they are in view; the last, where not all fit. @param {SVGGElement[]} boxes */
  reveal(boxes) {
    if (!this.scale || !boxes.length) return;
    const places = boxes.map((box) => this.placeOf(box));
    let place = places.reduce(union);
    if (place.right - place.left > this.width || place.bottom - place.top > this.height) {
      place = places[places.length - 1];
    }
    const left = scrolled(this.left, this.right, this.width, place.left, place.right);
    const top = scrolled(this.top, this.bottom, this.height, place.top, place.bottom);
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

/** How far to scroll. @param {number} now @param {number} most @param {number} size of the frame @param {number} start of what is to be seen @param {number} end */
function scrolled(now, most, size, start, end) {
  if (start >= now && end <= now + size) return now;
  return Math.max(0, Math.min((start + end - size) / 2, most));
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
