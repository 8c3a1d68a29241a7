"""How one context of Chromium serves many tests."""


class LentContext:
    """A context of the browser that is lent to test after test, with nothing in it each time.

    A new one costs Chromium a second of a processor, more than most pages that are loaded in it.
    """

    def __init__(self, browser, **arguments):
        self.context = browser.new_context(**arguments)
        self.devtools = self.context.new_cdp_session(self.context.new_page())

    @property
    def is_open(self):
        return self.context in self.context.browser.contexts

    def clear(self):
        """Take away all that a test may have left: pages, what they keep, what they may do."""
        _, *pages = self.context.pages
        for page in pages:
            page.close()
        self.context.set_offline(False)
        self.context.clear_permissions()
        self.devtools.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
        self.devtools.send("Network.clearBrowserCache")
