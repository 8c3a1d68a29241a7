"""A build that takes long says what it is doing."""

import time

from mygrad.book import progress


def test_a_long_step_is_told_until_the_end(monkeypatch, caplog):
    monkeypatch.setattr(progress, "EVERY", 0.01)
    caplog.set_level("INFO")
    build = progress.Progress()
    build.start()
    build.step("page.md:3")
    deadline = time.monotonic() + 60
    while len(caplog.messages) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    build.stop()
    build.thread.join()

    assert caplog.messages[1] == "0 seconds so far, now at page.md:3"


def test_a_short_build_tells_nothing(caplog):
    caplog.set_level("INFO")
    build = progress.Progress()
    build.start()
    build.stop()
    build.thread.join()

    assert caplog.messages == []


def test_a_build_that_never_began_can_stop():
    """An error in the configuration comes before."""
    progress.Progress().stop()
