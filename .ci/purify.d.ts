// DOMPurify, as far as the pages use it: the build puts it into assets/python.
declare module "*/purify.js" {
  export interface Removed {
    element?: Node;
    attribute?: Attr | null;
  }
  interface Event {
    attrName: string;
    attrValue: string;
    keepAttr: boolean;
  }
  interface Purify {
    (window: Window): Purify;
    isSupported: boolean;
    removed: Removed[];
    addHook(name: "uponSanitizeAttribute", hook: (node: Element, event: Event) => void): void;
    sanitize(whole: Node, options: Record<string, unknown>): DocumentFragment;
  }
  const purify: Purify;
  export default purify;
}
