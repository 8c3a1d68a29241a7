/**
 * A dialogue over the page, with a button that closes it, as Escape does.
 *
 * @param {HTMLElement} heading
 * @param {...Node} content
 */
export function showDialogue(heading, ...content) {
  const dialog = document.createElement("dialog");
  dialog.className = "mygrad-help md-typeset";
  dialog.setAttribute("aria-label", heading.textContent ?? "");
  const form = document.createElement("form");
  form.method = "dialog";
  form.append(button("Close", () => {}, "submit"));
  heading.tabIndex = -1;
  heading.autofocus = true; // or the focus goes to the first button, however far down it stands
  dialog.append(heading, ...content, form);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * @param {string} text
 * @param {() => void} action
 * @param {"button" | "submit"} [type]
 */
export function button(text, action, type = "button") {
  const element = document.createElement("button");
  element.type = type;
  element.className = "mygrad-button";
  element.textContent = text;
  element.addEventListener("click", action);
  return element;
}
