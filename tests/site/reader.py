"""A page as its reader uses it: each block with its buttons, its editor and what is below it."""

import json
import re

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

    def player(self, figure):
        """The player of a film, by the id of its figure or the block that has been run."""
        return Player(self.page, self.page.locator(f"{figure} .mygrad-film"))

    @property
    def pythons(self):
        """The workers that run a page's Python: there is at most one.  The search has its own."""
        return [worker for worker in self.page.workers if worker.url.startswith("blob:")]

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
        self.steps = self.live.locator(".mygrad-steps > li")
        self.verified_steps = page.locator(f'figure[data-below="{number}"] .mygrad-steps > li')
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


# Of a film: the count of its steps, the steps that its lists point out, and what each reel shows.
SEEN = """film => ({
  count: film.querySelector(".mygrad-count").textContent,
  current: [...film.querySelectorAll("[aria-current=step]")].map(step => step.id),
  reels: [...film.querySelectorAll(".mygrad-reel")].map(reel => {
    const words = kind =>
      reel.querySelector(`.mygrad-saying:not([aria-hidden]) .${kind}`).textContent;
    const numbers = {}, lit = [], alike = {};
    for (const part of reel.querySelectorAll("svg g[data-name]")) {
      let name = part.dataset.name;
      const texts = [...part.querySelectorAll(".mygrad-data, .mygrad-grad")];
      if (part.matches(".edge")) {
        alike[name] = (alike[name] ?? -1) + 1;
        name = `${name} ${alike[name]}`;
      } else if (texts.length) {
        numbers[name] = texts.map(text => text.textContent.replace(/^\\w+ /, ""));
      }
      if (part.matches(".mygrad-lit")) lit.push(name);
    }
    return {numbers, lit, sentence: words("mygrad-sentence"), rule: words("mygrad-rule")};
  }),
})"""


class Player:
    """A film of a page, with its buttons and what it shows."""

    def __init__(self, page, film):
        self.page = page
        self.film = film
        self.count = film.locator(".mygrad-count")
        self.slider = film.locator(".mygrad-slider")
        self.speed = film.locator(".mygrad-speed")
        self.status = film.locator("[role=status]")
        self.list = film.locator("details")
        self.items = film.locator(".mygrad-steps > li")
        self.link = film.locator(".mygrad-step-link")
        self.sentences = film.locator(".mygrad-saying:not([aria-hidden]) .mygrad-sentence")
        self.frames = film.locator(".mygrad-scroll")

    def button(self, kind):
        return self.film.locator(f".mygrad-control--{kind}")

    def box(self, name):
        return self.film.locator(f'.node[data-name="{name}"]')

    def focus(self):
        """Let the keys reach it, wherever it stands in the page."""
        expect(self.film).to_have_class(re.compile("played"))
        self.film.evaluate("film => film.focus()")
        return self

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def unfold(self, reel=0):
        """Show all values of a reel in place of its groups."""
        self.film.locator(".mygrad-unfold").nth(reel).click()
        expect(self.frames.nth(reel)).to_have_class(re.compile("all"))

    def expect_step(self, step, last):
        expect(self.count).to_have_text(f"step {step} of {last}")

    def seen(self):
        """What a reader sees of it now."""
        return self.film.evaluate(f"film => ({SEEN})(film)")

    def walk(self, key, times):
        """Press a key again and again, and return what is seen before and after each time.

        In one go, within the page, and as text: a round trip for each step of a long film takes
        minutes, and so does Playwright's way to hand over what is seen.
        """
        seen = self.film.evaluate(
            f"""(film, [key, times]) => {{
              const seen = {SEEN};
              const all = [seen(film)];
              for (let time = 0; time < times; time++) {{
                const how = {{key, bubbles: true, cancelable: true}};
                document.activeElement.dispatchEvent(new KeyboardEvent("keydown", how));
                all.push(seen(film));
              }}
              return JSON.stringify(all);
            }}""",
            [key, times],
        )
        return json.loads(seen)

    def reels(self):
        """What each reel shows, as a reader sees it."""
        return self.seen()["reels"]

    def current(self):
        """The ids of the steps that the lists point out."""
        return self.seen()["current"]
