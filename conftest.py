"""Makes every page a test, also where one is named alone: `pytest docs/chapters/03-graph.md`."""

pytest_plugins = ["mygrad.book.pytest_plugin", "pytester"]
