"""Warnings and logging are as they were, whatever a block has done to them."""

import logging
import warnings

from mygrad.book.browser.page.reports import ReportsReset


def test_what_a_block_has_changed_is_undone():
    before = [*warnings.filters], [*logging.getLogger().handlers], logging.getLogger().level
    reports = ReportsReset()
    warnings.simplefilter("ignore")
    logging.getLogger().addHandler(logging.NullHandler())
    logging.getLogger().setLevel("DEBUG")
    logging.disable()
    of_a_block = logging.getLogger("of a block")
    of_a_block.setLevel("DEBUG")
    of_a_block.addHandler(logging.NullHandler())
    of_a_block.propagate = False
    logging.getLogger("no block.below it")
    reports.put_back()

    assert before == ([*warnings.filters], logging.getLogger().handlers, logging.getLogger().level)
    assert logging.getLogger().isEnabledFor(logging.ERROR)
    assert logging.getLogger("of a block") is of_a_block
    assert (of_a_block.level, of_a_block.handlers, of_a_block.propagate) == (0, [], True)


def test_a_warning_that_was_shown_once_is_shown_again():
    def warn():
        warnings.warn("careful", stacklevel=1)

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        reports = ReportsReset()
        warn()
        warn()
        assert len(caught) == 1
        reports.put_back()
        warn()

    assert len(caught) == 2
