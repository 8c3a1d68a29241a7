/**
 * The row below a film: first, back, play, next, last; how fast; a slider; where one is.
 */

const SPEEDS = [0.5, 1, 2];

export class Controls {
  /**
   * @param {number} last how many steps there are
   * @param {{first: () => void, back: () => void, play: () => void, next: () => void, last: () => void, go: (step: number) => void}} actions
   */
  constructor(last, actions) {
    this.last = last;
    this.row = document.createElement("div");
    this.row.className = "mygrad-controls";
    this.first = button("first", "First", actions.first);
    this.back = button("back", "Back", actions.back);
    this.play = button("play", "Play", actions.play);
    this.next = button("next", "Next", actions.next);
    this.end = button("last", "Last", actions.last);
    const buttons = document.createElement("div");
    buttons.className = "mygrad-transport";
    buttons.append(this.first, this.back, this.play, this.next, this.end);

    this.slider = document.createElement("input");
    this.slider.type = "range";
    this.slider.className = "mygrad-slider";
    this.slider.min = "0";
    this.slider.max = String(last);
    this.slider.setAttribute("aria-label", "Step");
    this.slider.addEventListener("input", () => actions.go(Number(this.slider.value)));

    this.count = document.createElement("span");
    this.count.className = "mygrad-count";
    this.count.style.setProperty("--longest", `${`step ${last} of ${last}`.length}ch`);

    this.speed = document.createElement("select");
    this.speed.className = "mygrad-speed";
    this.speed.setAttribute("aria-label", "Speed");
    this.speed.append(...SPEEDS.map((speed) => new Option(`${speed}×`, String(speed))));
    this.speed.value = "1";
    this.row.append(buttons, this.speed, this.slider, this.count);
  }

  /** @param {number} step @param {boolean} playing */
  update(step, playing) {
    this.count.textContent = `step ${step} of ${this.last}`;
    this.slider.value = String(step);
    this.slider.setAttribute("aria-valuetext", `${step} of ${this.last}`);
    this.slider.style.setProperty("--done", `${(100 * step) / this.last}%`);
    // And not disabled: the focus would be lost.
    for (const [control, useless] of /** @type {const} */ ([
      [this.first, step === 0],
      [this.back, step === 0],
      [this.end, step === this.last],
    ])) {
      control.setAttribute("aria-disabled", String(useless));
    }
    name(this.play, playing ? "Pause" : "Play");
    this.play.classList.toggle("mygrad-control--playing", playing);
  }
}

/** @param {string} kind @param {string} words @param {() => void} action */
function button(kind, words, action) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = `mygrad-control mygrad-control--${kind}`;
  name(element, words);
  element.addEventListener("click", action);
  return element;
}

/** @param {HTMLElement} control @param {string} words */
function name(control, words) {
  if (control.title === words) return;
  control.title = words;
  control.setAttribute("aria-label", words);
}
