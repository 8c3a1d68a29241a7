"""The project's addresses in its metadata: where they come from, and that none is invented."""

import pytest

from mygrad.book.project_urls import ProjectUrls


@pytest.fixture
def urls(monkeypatch):
    """What the hook makes of an environment and of the metadata that is there."""

    def urls(environment, **metadata):
        for name in ("SITE_URL", "REPOSITORY_URL"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        ProjectUrls(".", {}).update(metadata)
        return metadata["urls"]

    return urls


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, {}),
        ({"SITE_URL": "", "REPOSITORY_URL": ""}, {}),
        ({"SITE_URL": "https://a/"}, {"Documentation": "https://a/"}),
        ({"REPOSITORY_URL": "https://b"}, {"Source": "https://b"}),
    ],
)
def test_an_address_is_there_where_it_is_known(environment, expected, urls):
    assert urls(environment) == expected


def test_an_sdist_keeps_its_addresses(urls):
    """Whoever builds a wheel of it need not know them."""
    assert urls({}, urls={"Source": "https://b"}) == {"Source": "https://b"}
