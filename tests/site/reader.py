"""A page as its reader uses it: each block with its buttons, its editor and what is below it."""

from playwright.sync_api import expect

# The browser shares the machine: what comes late is no fault, only what never comes.
PATIENCE = 30_000  # milliseconds
expect.set_options(timeout=PATIENCE)


class Reader:
    """Someone who reads a page."""

    def __init__(self, page):
        self.page = page
        page.set_default_timeout(PATIENCE)

    def block(self, number):
        return Block(self.page, number)

    def restore_all(self):
        self.page.get_by_role("button", name="Restore all").click()


class Block:
    """A block of a page, by its number."""

    def __init__(self, page, number):
        self.page = page
        self.number = number
        self.element = page.locator(f"#block-{number}")
        self.editor = self.element.locator(".mygrad-editor")
        self.state = self.element.locator(".mygrad-state")
        self.mark = self.element.locator(".mygrad-line")
        self.live = self.element.locator("+ .mygrad-live")
        self.output = self.live.locator("pre > code")
        self.note = self.live.locator(".mygrad-note")
        self.picture = self.live.locator("svg")
        self.below = page.locator(f'[data-below="{number}"]')
        self.verified_output = page.locator(f'.language-text[data-below="{number}"] code')
        self.verified_picture = page.locator(f'figure[data-below="{number}"] svg')

    def button(self, kind):
        return self.element.locator(f".mygrad-button--{kind}")

    def start(self):
        self.unfold()
        self.button("run").click()

    def unfold(self):
        """Open the boxes that hide it."""
        for box in self.page.locator("details:not([open])").filter(has=self.element).all():
            box.locator("> summary").click()

    def run(self):
        """Run it, and wait until that has ended, however it may end."""
        self.start()
        self.wait()
        return self

    def wait(self):
        expect(
            self.element.locator(".mygrad-button--run:not([aria-disabled=true])")
        ).to_be_visible()

    def stop(self):
        self.button("stop").click()

    def edit(self, code):
        self.editor.fill(code)
        return self

    @property
    def printed(self):
        """What the last run shows as text, also where a reader has scrolled past it."""
        return self.output.text_content()
