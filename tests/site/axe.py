"""axe-core, which finds what keeps people from using a page: all rules that it has on by itself."""

from pathlib import Path

from mygrad.book.browser.build import npm

JAVASCRIPT = Path(__file__).parent.parent / "javascript"  # whose lock names it

# The theme's light and dark scheme, with their primary colours.
PALETTE = {"light": ["default", "white"], "dark": ["slate", "black"]}

# What it finds, one line for each element.
RUN = """async () => (await axe.run({resultTypes: ["violations"]})).violations.flatMap(rule =>
  rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")}\\n  ${node.failureSummary}`))"""

# It takes a text as unreadable to itself where something lies over it, as the editor does.
UNCOVER = """covers => {
  for (const editor of document.querySelectorAll(".mygrad-editor")) editor.hidden = covers;
}"""

# As the page's own switch does it.
CHOOSE = """([scheme, primary]) => {
  document.body.dataset.mdColorScheme = scheme;
  document.body.dataset.mdColorPrimary = primary;
}"""

UNFOLD = "document.querySelectorAll('details').forEach(box => box.open = true)"


def source() -> str:
    """The program, fetched once per machine."""
    return npm.installed(JAVASCRIPT)["axe-core/axe.min.js"].decode()


class Axe:
    """Looks at a page, in whatever state that is."""

    def __init__(self, page, program):
        self.page = page
        self.program = program

    def found(self):
        """What is wrong with the page: as it is, and with what its editors lie over."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(
                self.program
            )  # not as a script of the page: its policy may forbid that
        self.finish_transitions()
        as_it_is = self.page.evaluate(RUN)
        if not self.page.locator(".mygrad-editor").count():
            return as_it_is
        self.page.evaluate(UNCOVER, True)
        uncovered = self.page.evaluate(RUN)
        self.page.evaluate(UNCOVER, False)
        return sorted({*as_it_is, *uncovered})

    def finish_transitions(self):
        """A colour on its way to another is none that a reader is left with."""
        self.page.evaluate(
            "Promise.all(document.getAnimations().map(each => each.finished.catch(() => {})))"
        )

    def found_in_all_colours(self):
        """The same in both schemes, and where the reader's system sets the colours."""
        found = []
        for scheme, forced in (("light", "none"), ("dark", "none"), ("dark", "active")):
            self.page.emulate_media(color_scheme=scheme, forced_colors=forced)
            self.page.evaluate(CHOOSE, PALETTE[scheme])
            found += [f"{scheme}, forced colours {forced}: {line}" for line in self.found()]
        return found
