/**
 * What the help says of reading without a network, with the button that a reader decides by.
 */

import { forget, keep, kept, sent, state, stored } from "./page.js";

/** @typedef {{says: string, button?: string, press?: () => Promise<void>}} Choice */

const SIZE = `${sent} MB over the line, and ${stored} MB on this machine`;

/** @type {Record<import("./page.js").State, Choice>} */
const CHOICES = {
  kept: {
    says: `This browser keeps the whole site, so that it works without a network: ${SIZE}.`,
    button: "Forget the site",
    press: forget,
  },
  coming: {
    says: `Soon after a page has come, this browser fetches the whole site, which then works
      without a network: ${SIZE}. It does not do so on
      mobile data, on a slow line, or where the browser is set to save data.`,
    button: "Do not keep the site",
    press: forget,
  },
  forgotten: {
    says: `Nothing of the site is kept in this browser, as you wished. Kept, it works without a
      network: ${SIZE}.`,
    button: "Keep the site",
    press: keep,
  },
  impossible: { says: "Here the site needs a network: this browser can't keep it." },
};

/** A paragraph that is filled once the state is known, and again after each press. */
export function offlineHelp() {
  const paragraph = document.createElement("p");
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  paragraph.append(status);
  const show = async () => {
    const { says, button, press } = CHOICES[await state()];
    status.textContent = says;
    paragraph.querySelector("button")?.remove();
    if (!button) return;
    const control = document.createElement("button");
    control.type = "button";
    control.className = "mygrad-button";
    control.textContent = button;
    control.addEventListener("click", () => press?.().finally(show));
    paragraph.append(" ", control);
  };
  show();
  kept.then(show); // which it may become while its reader looks
  return paragraph;
}
