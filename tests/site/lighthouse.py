"""Hold pages of the built site against Lighthouse: 100 for access, best practices and search.

`python tests/site/lighthouse.py site` serves that folder, and looks at one page of each kind as a
phone and as a desk shows it.  Speed is left to `tests/bench/page.py`: here it would depend on the
machine.
"""

import functools
import http.server
import json
import os
import subprocess
import sys
import threading

import chromium

LIGHTHOUSE = "lighthouse@12.8.2"  # the newest that runs on Node 20
CATEGORIES = ["accessibility", "best-practices", "seo"]
SCREENS = {"phone": [], "desk": ["--preset=desktop"]}
PAGES = ["", "chapters/06-automatic/", "lab/moons/", "playground/", "edges/", "errata/"]


class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing of each file."""


def main(folder: str) -> None:
    handler = functools.partial(Handler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        failed = [
            f"/{page} on a {screen}: {finding}"
            for page in PAGES
            for screen, options in SCREENS.items()
            for finding in findings(report(address + page, options))
        ]
        server.shutdown()
    if failed:
        sys.exit("Lighthouse finds:\n" + "\n".join(failed))
    print(f"Lighthouse: 100 on {len(PAGES)} pages, on a phone and on a desk.")


def report(address: str, options: list[str]) -> dict:
    """What Lighthouse says about a page."""
    command = ["npm", "exec", "--yes", f"--package={LIGHTHOUSE}", "--", "lighthouse", address]
    command += ["--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}"]
    command += ["--throttling-method=provided", "--disable-full-page-screenshot"]  # it is no race
    command += [f"--chrome-flags={' '.join(chromium.FLAGS)}", *options]
    environment = {**os.environ, "CHROME_PATH": chromium.PROGRAM or ""}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180)
    if run.returncode:
        sys.exit(f"Lighthouse failed at {address}:\n{run.stderr}")
    return json.loads(run.stdout)


def findings(report: dict) -> list[str]:
    """Each audit that costs a point, and what it found; and a category that was not judged."""
    found = []
    for name in CATEGORIES:
        category = report["categories"][name]
        if category["score"] == 1:
            continue
        audits = [report["audits"][each["id"]] for each in category["auditRefs"] if each["weight"]]
        failed = [audit for audit in audits if audit["score"] != 1 and audit["score"] is not None]
        found += [f"{name}: {audit['title']} {places(audit)}" for audit in failed]
        found += [f"{name}: {category['score']}"] * (not failed)
    return found


def places(audit: dict) -> str:
    items = audit.get("details", {}).get("items", [])
    return "; ".join(
        item.get("node", {}).get("selector") or json.dumps(item)[:200] for item in items
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
