"""The context of Chromium that one test leaves to the next is as good as new."""

import pytest
from lent_context import LentContext

pytestmark = pytest.mark.slow

LEAVE = """async () => {
  localStorage.left = "here";
  document.cookie = "left=here";
  await caches.open("left");
  await new Promise(done => { indexedDB.open("left").onsuccess = done; });
}"""
FOUND = """async () => ({
  stored: localStorage.getItem("left"),
  cookie: document.cookie,
  caches: await caches.keys(),
  databases: (await indexedDB.databases()).map(each => each.name),
  mayRead: (await navigator.permissions.query({name: "clipboard-read"})).state,
})"""


def test_nothing_is_left_in_a_context_that_is_cleared(browser, browser_context_args, sample):
    lent = LentContext(browser, **browser_context_args)
    before = found_in(lent.context, sample)
    page = lent.context.new_page()
    page.goto(sample)
    page.evaluate(LEAVE)
    lent.context.grant_permissions(["clipboard-read"])
    left = page.evaluate(FOUND)
    lent.context.set_offline(True)
    lent.clear()

    assert all(left[kind] != before[kind] for kind in before)
    assert page.is_closed()
    assert found_in(lent.context, sample) == before
    lent.context.close()


def found_in(context, address):
    page = context.new_page()
    page.goto(address)
    found = page.evaluate(FOUND)
    page.close()
    return found
