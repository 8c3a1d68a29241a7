"""Python in the reader's browser: made when a site is built, run in its pages."""
