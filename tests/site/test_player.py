"""Films in a page: they show what the package yields at each step, however a reader gets there."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from reader import Reader
from told import films_of

from mygrad import Film, draw_dot

pytestmark = pytest.mark.slow

DOCS = Path(__file__).parent.parent.parent / "docs"
SAMPLE = Path(__file__).parent / "sample" / "film.md"
PAGES = [
    path.relative_to(DOCS).as_posix()
    for path in sorted(DOCS.rglob("*.md"))
    if "draw_steps(" in path.read_text(encoding="utf-8")
]
LAST = 10  # step of the sample's first film


@pytest.fixture(autouse=True)
def no_script_fails(page):
    errors = []
    page.on("pageerror", lambda error: errors.append(error))
    yield
    assert errors == []


@pytest.fixture(scope="module")
def films(sample):
    """Where the sample's page of films is served."""
    return f"{sample}film/"


@pytest.fixture
def reader(open_page, films):
    return open_page(films)


@pytest.fixture
def player(reader):
    return reader.player("#twice").focus()


def assert_shows(player, told, step, picture="values"):
    """Hold what a player shows against what its films tell."""
    assert_seen(player.seen(), told, step, picture)


def assert_seen(seen, told, step, picture="values"):
    for shown, reel in zip(seen["reels"], told, strict=True):
        done = min(step, len(reel))
        expected = getattr(reel, picture)
        numbers = {box: tuple(texts) for box, texts in shown["numbers"].items()}
        assert numbers == expected.numbers(done)
        assert set(shown["lit"]) == expected.lit[done]
        assert len(shown["lit"]) == len(expected.lit[done])
        if done:
            assert shown["sentence"] == reel.sentence(done)
            assert shown["rule"] == reel.rule(done)
    last = max(map(len, told))
    assert seen["count"] == f"step {step} of {last}"
    assert len(seen["current"]) == len(told) * (step > 0)


def step_through(player, told):
    """From the first to the last step and back, in each picture that there is, by the keys."""
    last = max(map(len, told))
    grouped = told[0].grouped
    player.focus().press("Home")
    for step, seen in enumerate(player.walk("ArrowRight", last)):
        assert_seen(seen, told, step, "groups" if grouped else "values")
    for reel in range(len(told) * grouped):
        player.unfold(reel)
    player.focus().press("End")
    for back, seen in enumerate(player.walk("ArrowLeft", last)):
        assert_seen(seen, told, last - back)


def assert_page_shows_its_films(reader, path):
    films = films_of(path)
    assert films
    expect(reader.page.locator(".mygrad-film")).to_have_count(len(films))
    for place, told in films.items():
        step_through(reader.player(f'[data-below="{place}"]'), told)


@pytest.mark.parametrize("path", PAGES)
def test_a_film_takes_at_most_twice_the_bytes_of_its_graph(path):
    """The picture stands once in the page, whatever the number of its steps."""
    for reels in films_of(DOCS / path).values():
        for told in reels:
            film = Film([told.reel]).html("picture-10", {}, "")
            assert len(film) <= 2 * len(draw_dot(told.reel.root)._repr_svg_())


@pytest.mark.parametrize("page_name", PAGES)
def test_every_film_shows_at_each_step_what_the_package_yields(open_page, address, page_name):
    path = page_name.removesuffix(".md").removesuffix("index")
    assert_page_shows_its_films(open_page(address + path + "/" * bool(path)), DOCS / page_name)


def test_the_samples_films_show_at_each_step_what_the_package_yields(reader):
    assert_page_shows_its_films(reader, SAMPLE)


def test_no_page_with_a_film_is_left_out(site):
    found = {
        path.parent.relative_to(site).as_posix()
        for path in site.rglob("index.html")
        if 'class="mygrad-film"' in path.read_text(encoding="utf-8")
    }

    assert found == {re.sub(r"/?(index)?\.md$", "", page) or "." for page in PAGES}


def test_a_film_opens_at_its_last_frame_with_nothing_lit(reader):
    told = films_of(SAMPLE)[1][0]
    player = reader.player("#twice")
    player.expect_step(LAST, LAST)
    seen = player.reels()[0]

    assert {box: tuple(texts) for box, texts in seen["numbers"].items()} == told.values.last
    assert seen["lit"] == []
    expect(reader.page.locator(".mygrad-made")).to_have_count(0)


def test_buttons_lead_through_a_film(player):
    for kind, step in [
        ("first", 0),
        ("next", 1),
        ("next", 2),
        ("back", 1),
        ("back", 0),
        ("back", 0),
        ("last", LAST),
        ("next", 0),
        ("last", LAST),
        ("back", LAST - 1),
    ]:
        player.button(kind).click(force=True)  # also where there is nowhere to go
        player.expect_step(step, LAST)


def test_keys_lead_through_a_film(player):
    for key, step in [
        ("Home", 0),
        ("ArrowLeft", 0),
        ("ArrowRight", 1),
        ("ArrowRight", 2),
        ("ArrowLeft", 1),
        ("End", LAST),
        ("ArrowRight", 0),
        ("End", LAST),
        ("ArrowLeft", LAST - 1),
    ]:
        player.press(key)
        player.expect_step(step, LAST)


@pytest.mark.parametrize("part", [".mygrad-scroll", ".mygrad-control--next", ".mygrad-slider"])
def test_keys_work_wherever_the_focus_is_in_a_player(player, part):
    player.film.locator(part).focus()
    player.press("Home", "ArrowRight", "ArrowRight")

    player.expect_step(2, LAST)


def test_a_click_on_a_picture_brings_the_keys_there(reader):
    player = reader.player("#twice")
    player.frames.click(position={"x": 2, "y": 2})
    player.press("Home")

    player.expect_step(0, LAST)


def test_keys_outside_of_a_player_leave_it_alone(reader):
    reader.block(1).editor.focus()
    reader.page.keyboard.press("Home")

    reader.player("#twice").expect_step(LAST, LAST)


def test_keys_of_the_browser_are_left_to_it(player):
    for key in ("Control+Home", "Alt+ArrowRight"):
        prevented = player.film.evaluate(
            """(film, key) => {
              const [modifier, name] = key.split("+");
              const init = {key: name, bubbles: true, cancelable: true};
              init[modifier === "Control" ? "ctrlKey" : "altKey"] = true;
              return !film.dispatchEvent(new KeyboardEvent("keydown", init));
            }""",
            key,
        )
        assert not prevented

    player.expect_step(LAST, LAST)


def test_a_key_that_is_held_stops_at_the_end(player):
    """Or whoever holds it would be led round and round."""
    player.press("End", "ArrowLeft", "ArrowLeft")
    for _ in range(5):
        player.page.keyboard.down("ArrowRight")  # again without an up: the browser repeats it
    player.expect_step(LAST, LAST)
    player.page.keyboard.up("ArrowRight")
    player.press("ArrowRight")

    player.expect_step(0, LAST)


def test_the_slider_leads_anywhere(player):
    player.slider.fill("3")
    player.expect_step(3, LAST)
    assert_shows(player, films_of(SAMPLE)[1], 3)
    player.press("Home")

    expect(player.slider).to_have_value("0")


def test_a_film_plays_to_its_end(player):
    player.speed.select_option("2")
    player.button("play").click()
    expect(player.button("play")).to_have_attribute("aria-label", "Pause")
    player.expect_step(2, LAST)
    player.expect_step(LAST, LAST)

    expect(player.button("play")).to_have_attribute("aria-label", "Play")


def test_a_film_that_plays_stops_where_it_is(player):
    player.press("Home", "Space")
    player.expect_step(3, LAST)
    player.press("Space")
    expect(player.button("play")).to_have_attribute("aria-label", "Play")
    stopped = player.count.text_content()
    player.page.wait_for_timeout(1500)  # longer than a step takes

    assert player.count.text_content() == stopped


@pytest.mark.parametrize("key", ["ArrowRight", "ArrowLeft", "Home"])
def test_a_step_by_hand_ends_the_playing(player, key):
    player.press("Home", "Space", key)

    expect(player.button("play")).to_have_attribute("aria-label", "Play")


def test_only_one_film_plays(reader):
    first, second = reader.player("#twice").focus(), reader.player("#grouped")
    first.press("Space")
    second.button("play").click()

    expect(first.button("play")).to_have_attribute("aria-label", "Play")
    expect(second.button("play")).to_have_attribute("aria-label", "Pause")


def test_space_on_a_button_presses_that_button(player):
    player.press("Home")
    player.button("next").focus()
    player.press("Space")

    player.expect_step(1, LAST)
    expect(player.button("play")).to_have_attribute("aria-label", "Play")


def test_keys_in_the_choice_of_speed_choose_a_speed(player):
    player.speed.focus()
    player.press("Home")

    player.expect_step(LAST, LAST)


def test_an_address_opens_a_page_at_its_step(page, open_page, films):
    page.goto("about:blank")
    reader = open_page(f"{films}#twice-step-4")
    player = reader.player("#twice")
    player.expect_step(4, LAST)

    assert_shows(player, films_of(SAMPLE)[1], 4)
    expect(player.film).to_be_in_viewport()
    expect(player.button("play")).to_be_in_viewport()
    expect(reader.page.locator(".mygrad-made")).to_have_count(1)
    player.press("ArrowRight")  # without a click before
    player.expect_step(5, LAST)


def test_a_changed_address_leads_to_its_step(reader):
    reader.page.evaluate("location.hash = '#twice-step-7'")
    player = reader.player("#twice")
    player.expect_step(7, LAST)

    expect(player.button("play")).to_be_in_viewport()


def test_an_address_of_a_shorter_reel_leads_there_too(reader):
    reader.page.evaluate("location.hash = '#picture-2-2-step-2'")

    reader.player("#picture-2").expect_step(2, 5)


def test_an_address_of_no_step_leaves_all_films_alone(open_page, films):
    reader = open_page(f"{films}#films-to-be-played")

    reader.player("#twice").expect_step(LAST, LAST)
    expect(reader.page.locator(".mygrad-lit")).to_have_count(0)


def test_each_step_of_the_list_is_a_link_that_leads_to_it(player):
    player.list.locator("summary").click()
    player.items.nth(4).locator("a").click()
    player.expect_step(5, LAST)

    assert urlsplit(player.page.url).fragment == "twice-step-5"
    expect(player.items.nth(4)).to_have_attribute("aria-current", "step")
    assert player.current() == ["twice-step-5"]
    player.items.nth(4).locator("a").click()  # again, from elsewhere
    player.expect_step(5, LAST)


def test_the_link_names_the_step_that_is_shown(player):
    expect(player.link).to_be_hidden()
    player.press("Home", "ArrowRight", "ArrowRight")
    expect(player.link).to_have_attribute("href", "#twice-step-2")
    before = player.page.evaluate("scrollY")
    player.link.click()

    assert urlsplit(player.page.url).fragment == "twice-step-2"
    assert player.page.evaluate("scrollY") == before
    player.expect_step(2, LAST)


def test_a_click_on_a_box_writes_its_derivative_out(player):
    """b is used three times: by c, and twice by d."""
    player.box("n1").click()

    expect(player.sentences).to_have_text(
        "∂L/∂b = ∂d/∂b * ∂L/∂d + ∂d/∂b * ∂L/∂d + ∂c/∂b * ∂L/∂c"
        " = 1.0 * 1.0 + 1.0 * 1.0 + 2.0 * 1.0 = 4.0"
    )
    expect(player.status).to_contain_text("∂L/∂b = ∂d/∂b")
    expect(player.box("n1")).to_have_attribute("aria-pressed", "true")


def lit(player, reel=0):
    return set(player.reels()[reel]["lit"])


def test_all_paths_from_a_selected_box_to_the_root_are_lit(player):
    values = {name: player.film.locator(f'[data-name="{name}"]') for name in ("n0", "n1")}
    assert all(box.count() == 1 for box in values.values())
    player.box("n0").click()
    to_root = {"n2", "n2op", "n2op->n2 0", "n2->n4op 0", "n4op", "n4op->n4 0", "n4"}
    assert lit(player) == {"n0", "n0->n2op 0", *to_root}
    player.box("n1").click()
    by_d = {"n1->n3op 0", "n1->n3op 1", "n3op", "n3op->n3 0", "n3", "n3->n4op 0"}

    assert lit(player) == {"n1", "n1->n2op 0", *to_root, *by_d}


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_box_is_selected_by_tab_and_a_key(player, key):
    player.frames.focus()
    player.press("Tab", "Tab")
    expect(player.box("n1")).to_be_focused()
    player.press(key)

    expect(player.sentences).to_contain_text("∂L/∂b = ")
    expect(player.button("play")).to_have_attribute("aria-label", "Play")


@pytest.mark.parametrize("end", ["Escape", "Enter", "click"])
def test_a_selection_ends_with_the_step_that_was_shown_before(player, end):
    told = films_of(SAMPLE)[1]
    player.press("Home", "ArrowRight", "ArrowRight", "ArrowRight")
    player.box("n1").focus()
    player.press("Enter")
    if end == "click":
        player.box("n1").click()
    else:
        player.press(end)

    assert_shows(player, told, 3)
    expect(player.box("n1")).to_have_attribute("aria-pressed", "false")


def test_a_selection_ends_with_another_step(player):
    player.box("n1").click()
    player.press("Home", "ArrowRight")

    assert_shows(player, films_of(SAMPLE)[1], 1)
    expect(player.film.locator("[aria-pressed=true]")).to_have_count(0)


def test_a_selection_ends_with_nothing_lit_in_a_film_that_was_not_stepped(reader):
    player = reader.player("#twice")
    player.box("n1").click()
    player.press("Escape")

    assert lit(player) == set()
    expect(player.sentences).to_have_text(re.compile("^Play the 10 steps"))


def test_reels_go_in_step_and_the_shorter_one_waits_at_its_end(reader):
    told = films_of(SAMPLE)[2]
    assert [len(reel) for reel in told] == [5, 3]
    player = reader.player("#picture-2").focus().press("Home")
    for step in range(6):
        assert_shows(player, told, step)
        player.press("ArrowRight")


def test_each_reel_says_its_step_under_its_own_picture(reader):
    player = reader.player("#picture-2").focus().press("Home", "ArrowRight")
    pictures = [frame.bounding_box() for frame in player.frames.all()]
    words = [sentence.bounding_box() for sentence in player.sentences.all()]

    for picture, sentence in zip(pictures, words, strict=True):
        assert abs(picture["x"] - sentence["x"]) < 1
        assert sentence["y"] >= picture["y"] + picture["height"]


def line_of(bar):
    """The block and the lines that a bar lies on."""
    return bar.evaluate(
        """bar => {
          const code = bar.parentElement.querySelector("code");
          const style = getComputedStyle(code);
          const line = parseFloat(style.lineHeight);
          const top = code.getBoundingClientRect().top + parseFloat(style.paddingTop);
          const {y, height} = bar.getBoundingClientRect();
          const block = bar.closest("[id^=block-]").id.slice("block-".length);
          return [Number(block), (y - top) / line + 1, height / line];
        }"""
    )


@pytest.mark.parametrize("scripts", ["with Run", "without Run"])
def test_the_code_that_made_a_value_is_lit(page, open_page, films, scripts):
    if scripts == "without Run":
        page.route("**/assets/run/page.js", lambda route: route.abort())
    reader = open_page(films)
    player = reader.player("#twice").focus().press("Home")
    bars = page.locator(".mygrad-made")
    for lines in [(5, 1), (7, 1), (9, 3)]:
        player.press("ArrowRight")
        expect(bars).to_have_count(1)
        assert line_of(bars) == pytest.approx([1, *lines], abs=0.1)


def test_only_the_film_that_was_stepped_last_lights_code(reader):
    reader.player("#twice").focus().press("Home", "ArrowRight")
    second = reader.player("#picture-2").focus().press("ArrowLeft")
    blocks = [line_of(bar)[0] for bar in reader.page.locator(".mygrad-made").all()]

    assert set(blocks) == {2}
    second.press("Home")
    expect(reader.page.locator(".mygrad-made")).to_have_count(0)


def test_nothing_moves_when_a_film_is_stepped(player):
    """Neither what is below it, nor the words in its boxes."""
    places = """() => [
      ...document.querySelectorAll("#twice .mygrad-controls > *, #twice details, #twice + *"),
      ...document.querySelectorAll("#twice .node > *:not(text), #twice .edge > *"),
    ].map(part => {
      const {x, y, width, height} = part.getBoundingClientRect();
      return [part.className.baseVal ?? part.className, x, y, width, height];
    })"""
    starts = """() => [...document.querySelectorAll("#twice .node text")]
      .map(text => text.getBoundingClientRect().x)"""
    player.press("Home")
    before, words_before = player.page.evaluate(places), player.page.evaluate(starts)
    assert len(before) > 30
    for _ in range(LAST):
        player.press("ArrowRight")
        assert player.page.evaluate(places) == before
        assert player.page.evaluate(starts) == pytest.approx(words_before, abs=0.2)


def test_a_player_is_a_named_group_and_its_controls_have_names(player):
    assert player.film.get_attribute("role") == "group"
    assert player.film.get_attribute("aria-label") == "Film of 10 steps"
    for kind, name in [("first", "First"), ("back", "Back"), ("next", "Next"), ("last", "Last")]:
        expect(player.button(kind)).to_have_accessible_name(name)
    expect(player.slider).to_have_accessible_name("Step")
    expect(player.speed).to_have_accessible_name("Speed")


def test_a_screen_reader_is_told_each_step_once(player):
    player.film.evaluate(
        """film => {
          const status = film.querySelector("[role=status]");
          window.told = [];
          new MutationObserver(() => told.push(status.textContent))
            .observe(status, {childList: true, characterData: true, subtree: true});
        }"""
    )
    player.press("Home", "ArrowRight", "ArrowRight")
    told = player.page.evaluate("told")
    sentences = [films_of(SAMPLE)[1][0].sentence(step) for step in (1, 2)]

    assert told == [
        "Step 0 of 10. Before the first step.",
        f"Step 1 of 10. {sentences[0]}",
        f"Step 2 of 10. {sentences[1]}",
    ]


def test_a_box_tells_a_screen_reader_what_it_holds_now(player):
    expect(player.box("n1")).to_have_accessible_name("b: data -3.0000, grad 4.0000")
    expect(player.box("n1")).to_have_role("button")
    player.press("Home")

    expect(player.box("n1")).to_have_accessible_name("b: data -3.0000, grad 0.0000")


def test_the_focus_is_seen(player):
    player.frames.focus()
    player.press("Tab")
    box = player.film.locator(".node:focus-visible > polygon")
    assert box.evaluate("e => getComputedStyle(e).strokeWidth") == "3px"
    for control in (player.button("next"), player.slider, player.speed):
        control.focus()
        assert control.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_shift_and_an_arrow_scroll_a_wide_picture(page, open_page, films):
    page.set_viewport_size({"width": 360, "height": 740})
    player = open_page(films).player("#twice").focus()
    player.frames.focus()
    assert player.frames.evaluate("frame => frame.scrollLeft") == 0
    player.press("Shift+ArrowRight")

    assert player.frames.evaluate("frame => frame.scrollLeft") > 0
    player.expect_step(LAST, LAST)


def test_without_javascript_the_last_frame_and_all_steps_are_there(browser, films):
    context = browser.new_context(java_script_enabled=False)
    reader = Reader(context.new_page())
    reader.page.goto(films)
    player = reader.player("#twice")

    expect(player.frames.locator("svg")).to_be_visible()
    expect(player.box("n1")).to_contain_text("grad 4.0000")
    expect(player.items).to_have_count(LAST)
    for item in player.items.all():
        expect(item).to_be_visible()
    expect(player.film.locator("button, input, select, details")).to_have_count(0)
    context.close()


def test_on_paper_there_are_the_last_frame_and_all_steps(player):
    told = films_of(SAMPLE)[1][0]
    player.press("Home", "ArrowRight")
    player.page.emulate_media(media="print")
    expect(player.items.last).to_be_visible()
    seen = player.reels()[0]

    assert {box: tuple(texts) for box, texts in seen["numbers"].items()} == told.values.last
    assert seen["lit"] == []
    for hidden in (player.button("play"), player.slider, player.sentences, player.link):
        expect(hidden).to_be_hidden()
    expect(player.page.locator(".mygrad-made")).to_be_hidden()
    player.page.emulate_media(media="screen")
    expect(player.items.last).to_be_hidden()
    assert_shows(player, [told], 1)


def test_a_film_that_was_not_stepped_is_as_before_after_printing(reader):
    reader.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    player = reader.player("#twice")
    expect(player.items.last).to_be_visible()
    reader.page.evaluate("dispatchEvent(new Event('afterprint'))")

    expect(player.items.last).to_be_hidden()
    assert lit(player) == set()


@pytest.mark.parametrize(("motion", "moves"), [("reduce", False), ("no-preference", True)])
def test_nothing_is_animated_for_whoever_wants_less_motion(player, motion, moves):
    player.page.emulate_media(reduced_motion=motion)
    durations = player.film.evaluate(
        """film => [...film.querySelectorAll("*")]
          .flatMap(part => getComputedStyle(part).transitionDuration.split(", "))
          .filter(duration => parseFloat(duration) > 0).length"""
    )

    assert (durations > 0) == moves


def test_a_film_fits_a_phone_and_a_finger(browser, films):
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    reader = Reader(context.new_page())
    reader.page.goto(films)
    for figure in ("#twice", "#picture-2", "#grouped"):
        player = reader.player(figure).focus().press("Home")
        player.list.evaluate("list => list.open = true")
        for _ in range(3):
            player.press("ArrowRight")
            wider = reader.page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
            assert wider <= 0
        controls = player.film.locator("button, input, select, summary, .mygrad-step-link, li > a")
        for control in controls.all():
            box = control.bounding_box()
            assert box["height"] >= 44
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 360
    context.close()


def test_what_is_lit_comes_into_view_in_a_narrow_frame(page, open_page, films):
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(reduced_motion="reduce")
    player = open_page(films).player("#twice").focus().press("Home")
    page.evaluate("new Promise(requestAnimationFrame)")  # the frame has been measured
    for _ in range(LAST):
        player.press("ArrowRight")
        seen = player.film.evaluate(
            """film => {
              const frame = film.querySelector(".mygrad-scroll").getBoundingClientRect();
              const box = film.querySelector("[data-changing]").getBoundingClientRect();
              return box.left >= frame.left && box.right <= frame.right;
            }"""
        )
        assert seen


def test_a_film_of_groups_shows_all_values_when_asked(reader):
    """And asks for them no sooner."""
    asked = []
    reader.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    told = films_of(SAMPLE)[3]
    player = reader.player("#grouped").focus().press("Home", *["ArrowRight"] * 20)
    assert_shows(player, told, 20, "groups")
    assert not [path for path in asked if "/images/" in path]
    count = len(told[0].values.last)
    button = player.film.get_by_role("button", name=f"Show all {count} values")
    button.click()
    expect(player.box("n0")).to_be_visible()

    assert_shows(player, told, 20)
    assert [path for path in asked if "/images/" in path] == ["/images/grouped_values.svg"]
    player.film.get_by_role("button", name="Show the groups").click()
    expect(player.box("g0")).to_be_visible()
    assert_shows(player, told, 20, "groups")


def test_a_picture_that_could_not_be_loaded_is_said_and_tried_again(reader):
    files = "**/grouped_values.svg"
    reader.page.route(files, lambda route: route.abort())
    player = reader.player("#grouped")
    player.film.locator(".mygrad-unfold").click()
    expect(player.film.locator(".mygrad-unfold")).to_contain_text("not loaded, try again")
    reader.page.unroute(files)
    player.film.locator(".mygrad-unfold").click()

    expect(player.box("n0")).to_be_visible()


def test_a_page_with_films_asks_nobody_else_for_anything(page, open_page, films):
    asked = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    reader = open_page(films)
    reader.player("#grouped").film.locator(".mygrad-unfold").click()
    expect(reader.player("#grouped").box("n0")).to_be_visible()

    assert asked - {""} == {urlsplit(films).netloc}


EDITED = """\
from mygrad import Value, draw_steps

p = Value(5.0, label="p")
q = p * p
q.label = "q"
draw_steps(q)
"""


@pytest.fixture
def edited(reader):
    """The player of a block that has been changed and run."""
    reader.block(1).edit(EDITED).run()
    player = reader.player("#block-1 + .mygrad-live")
    expect(player.film).to_be_visible()
    return player


def test_an_edited_block_that_has_run_plays_its_own_film(edited):
    edited.focus().press("Home")
    edited.expect_step(0, 4)
    edited.press("ArrowRight")
    expect(edited.sentences).to_have_text("q = p * p = 5.0 * 5.0 = 25.0")
    edited.press("End")

    expect(edited.box("n0")).to_contain_text("grad 10.0000")
    assert lit(edited) == {"n0", "n1", "n1op", "n0->n1op 1", "n1op->n1 0"}
    assert edited.current() == ["live-1-step-4"]


def test_a_film_that_was_run_lights_the_readers_own_code(edited):
    edited.focus().press("Home", "ArrowRight")

    assert line_of(edited.page.locator(".mygrad-made")) == pytest.approx([1, 4, 1], abs=0.1)


def test_a_film_that_was_run_has_no_address(edited):
    """It is gone when the page is opened anew."""
    address = edited.page.url
    edited.focus().press("Home", "ArrowRight")
    expect(edited.link).to_be_hidden()
    edited.list.locator("summary").click()
    edited.items.nth(1).locator("a").click()

    edited.expect_step(2, 4)
    assert edited.page.url == address


def test_code_that_has_changed_since_is_not_lit(reader):
    """Its lines are no longer those that made the film."""
    player = reader.player("#twice").focus().press("Home", "ArrowRight")
    bars = reader.page.locator(".mygrad-made")
    expect(bars).to_have_count(1)
    reader.block(1).edit("\n\n" + EDITED)
    expect(bars).to_have_count(0)
    player.focus().press("ArrowRight")

    player.expect_step(2, LAST)
    expect(bars).to_have_count(0)


def test_a_film_that_a_run_replaces_plays_no_longer(reader):
    player = reader.player("#twice").focus().press("Home", "Space")
    reader.block(1).edit(EDITED).run()
    expect(player.film).to_be_hidden()

    expect(player.button("play")).to_have_attribute("aria-label", "Play")
    expect(reader.page.locator(".mygrad-made")).to_have_count(0)


def test_restore_brings_the_pages_own_film_back(reader, edited):
    edited.focus().press("Home", "ArrowRight")
    reader.block(1).button("restore").click()
    expect(edited.film).to_be_hidden()
    expect(reader.page.locator(".mygrad-made")).to_have_count(0)
    player = reader.player("#twice").focus().press("Home", "ArrowRight")

    assert_shows(player, films_of(SAMPLE)[1], 1)


def test_a_film_without_steps_is_a_picture(reader):
    """A leaf has been made by nothing, and nothing is made from it."""
    reader.block(1).edit("from mygrad import Value, draw_steps\ndraw_steps(Value(1.0))").run()

    expect(reader.block(1).picture).to_contain_text("data 1.0000")
    expect(reader.block(1).live.locator("button:visible, input")).to_have_count(0)


def test_groups_that_were_run_show_all_values_without_a_file(reader):
    asked = []
    reader.block(3).run()
    reader.page.on("request", lambda request: asked.append(request.url))
    player = reader.player("#block-3 + .mygrad-live")
    player.film.locator(".mygrad-unfold").click()

    expect(player.box("n0")).to_be_visible()
    assert asked == []


HARMFUL = """\
from mygrad import Film, Value, draw_steps

class Harmful(Film):
    def html(self, key, lines=None):
        bad = "<svg><image href='x' onerror='window.harmed = 1'/></svg><script>harmed = 2</script>"
        own = '<template class="mygrad-all" data-count="2" data-source="https://example.org/x.svg">'
        html = super().html(key, lines)
        picture = html[html.index("<svg"):html.index("</svg>") + 6]
        return html.replace("</div>", f"</div>{own}{picture[:-6]}{bad}</svg></template>{bad}", 1)

Harmful(draw_steps(Value(1.0) * 2).reels)
"""


def test_a_film_of_the_readers_own_can_run_and_fetch_nothing(reader):
    asked = []
    reader.page.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
    reader.block(1).edit(HARMFUL).run()
    player = reader.player("#block-1 + .mygrad-live")
    player.film.locator(".mygrad-unfold").click()
    expect(player.film.get_by_role("button", name="Show the groups")).to_be_visible()
    player.focus().press("Home", "ArrowRight")
    reader.page.wait_for_timeout(500)  # what fails to load would say so by now

    assert reader.page.evaluate("window.harmed") is None
    assert "example.org" not in asked


def go(reader, link, title):
    """Follow a link, as the theme does: without loading the page anew."""
    reader.page.evaluate("window.stillHere = true")
    reader.page.get_by_role("link", name=link, exact=True).first.click()
    expect(reader.page.locator("h1")).to_contain_text(title)
    assert reader.page.evaluate("window.stillHere")


def test_films_play_on_a_page_that_was_not_loaded_anew(open_page, sample):
    reader = open_page(sample)
    go(reader, "Films to be played", "Films to be played")
    player = reader.player("#twice").focus().press("Home", "ArrowRight")
    assert_shows(player, films_of(SAMPLE)[1], 1)
    go(reader, "The first page", "A page to be run")
    go(reader, "Films to be played", "Films to be played")
    reader.player("#twice").expect_step(LAST, LAST)
    player = reader.player("#twice").focus().press("Home", "ArrowRight", "ArrowRight")

    assert_shows(player, films_of(SAMPLE)[1], 2)
    expect(player.film.locator(".mygrad-controls")).to_have_count(1)
