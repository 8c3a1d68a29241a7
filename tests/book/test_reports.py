"""Warnings and logging are as they were, whatever a block has done to them."""

import logging
import warnings

from mygrad.book.reports import Reports


def test_what_a_block_has_changed_is_undone():
    before = [*warnings.filters], [*logging.getLogger().handlers], logging.getLogger().level
    reports = Reports()
    warnings.simplefilter("ignore")
    logging.getLogger().addHandler(logging.NullHandler())
    logging.getLogger().setLevel("DEBUG")
    logging.disable()
    logging.getLogger("of a block").setLevel("DEBUG")
    reports.put_back()

    assert before == ([*warnings.filters], logging.getLogger().handlers, logging.getLogger().level)
    assert logging.getLogger().isEnabledFor(logging.ERROR)
    assert logging.getLogger("of a block").level == logging.NOTSET


def test_a_warning_that_was_shown_once_is_shown_again():
    def warn():
        warnings.warn("careful", stacklevel=1)

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        reports = Reports()
        warn()
        warn()
        assert len(caught) == 1
        reports.put_back()
        warn()

    assert len(caught) == 2
