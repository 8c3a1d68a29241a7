"""Blocks that try to break what runs them: a reader gets a sentence or the block's own error."""

import json
import os
import subprocess
import sys

from project import ROOT

HOSTILE = ROOT / "tests" / "hostile"
BLOCKS = json.loads((HOSTILE / "blocks.json").read_text(encoding="utf-8"))

# Files of ours, as a traceback would name them.
OURS = ["api.py", "execute.py", "check.py", "session.py", "run_blocks.py", "contextlib.py"]
# After these the process cannot go on: a page says so, and starts another one.
ENDED = {"output closed by its class"}


def test_every_hostile_block_ends_in_words_for_its_reader_and_the_next_run_works(tmp_path):
    command = [sys.executable, HOSTILE / "run_blocks.py", tmp_path]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run(command, check=True, cwd=tmp_path, env=environment)
    wrong = {}
    for place, block in enumerate(BLOCKS):
        name = block["name"]
        file = tmp_path / str(place)
        outcome = json.loads(file.read_text()) if file.exists() else {"told": "", "broken": "died"}
        told = outcome["told"]
        if name in ENDED:
            assert outcome["broken"], name
        elif outcome["broken"] or block["told"] not in told or any(ours in told for ours in OURS):
            wrong[name] = {**outcome, "told": told[-400:]}
        elif outcome["next"] != "alive 2.0\n":
            wrong[name] = outcome

    assert not wrong, json.dumps(wrong, indent=1)
