/**
 * The steps of a reel, as the page's own list tells them.
 *
 * Each step changes one number in the picture.  A picture that shows groups of values in place
 * of the values has names and numbers of its own for the same step.
 *
 * @typedef {object} Change what a step does in a picture
 * @property {string} node the name of the value that is made, or that hands its gradient on
 * @property {string} child the name of the value that gets it; empty where none does
 * @property {number} parallelIndex which of the edges from child to node, where there are several
 * @property {"data" | "grad"} field which number changes: of the child, or of the node without one
 * @property {string | undefined} before the number as the picture shows it; undefined for no change
 * @property {string | undefined} after
 *
 * @typedef {object} Step
 * @property {HTMLLIElement} element
 * @property {Node[]} sentence
 * @property {string} formula the rule that the sentence fills in; empty where it has none
 * @property {string} line of the code that made the node, as in "3:7" or "3:7-9"; empty for none
 * @property {Change} change in the picture of all values
 * @property {Change} grouped in the picture of groups
 */

/** @param {HTMLElement} list @returns {Step[]} */
export function stepsOf(list) {
  return [...list.querySelectorAll("li")].map((element) => {
    const data = element.dataset;
    const field = data.field === "data" ? "data" : "grad";
    return {
      element,
      sentence: [...element.childNodes].map((node) => node.cloneNode(true)),
      formula: data.formula ?? "",
      line: data.line ?? "",
      change: {
        node: data.node ?? "",
        child: data.child ?? "",
        parallelIndex: Number(data.parallelIndex ?? 0),
        field,
        before: data.before,
        after: data.after,
      },
      grouped: {
        node: data.groupNode ?? "",
        child: data.groupChild ?? "",
        parallelIndex: 0,
        field,
        before: data.groupBefore,
        after: data.groupAfter,
      },
    };
  });
}
