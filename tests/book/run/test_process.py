"""A block may do what it likes: the tests and the build go on, and name it."""

import io
import os
import pickle
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from mygrad.book.page import PageError
from mygrad.book.run import process as process_module
from mygrad.book.run.process import EndedError, Worker, ending_of, seconds_allowed, serve_calls
from mygrad.book.run.session import announce
from mygrad.book.verify.check import OutputError

# What runs in the process is given by name, so it must be importable there.
FUNCTIONS = """
import itertools, os, sys, threading, time
from mygrad.book.verify.check import OutputError
from mygrad.book.run.session import announce

def loop_that_catches_everything():
    while True:
        try:
            while True: pass
        except BaseException: pass

def loop_in_c(): sum(itertools.repeat(1))
def sleep(): time.sleep(10**6)
def locked():
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
def late_in_a_page():
    announce("page.md:3")
    announce("page.md:9")
    sleep()
def exit_well(): os._exit(0)
def close_everything(): os.closerange(0, 256), time.sleep(10**6)
def abort(): os.abort()
def kill(): os.kill(os.getpid(), 9)
def interrupt():
    announce("page.md:5")
    raise KeyboardInterrupt
def read(): return sys.stdin.read(), os.read(0, 1)
def write_to_the_terminal():
    while True: os.write(1, b"x" * 1000)
def speak():
    os.write(1, b"one ")
    sys.stderr.write("two ")
def differ(): raise OutputError("page.md:3: no")
def fault(): raise ZeroDivisionError("ours")
def place(): return os.getcwd(), os.getpid(), sys.warnoptions
def litter(): return open(__import__("tempfile").mkstemp()[1], "w").name
def leave_a_thread(): threading.Thread(target=sleep).start()
def fork():
    if hasattr(os, "fork") and not os.fork():
        announce("the copy")
    return "once"
"""


@pytest.fixture
def there(tmp_path, monkeypatch):
    """Functions that can be called in the process."""
    (tmp_path / "functions_of_a_test.py").write_text(FUNCTIONS)
    monkeypatch.syspath_prepend(tmp_path)
    import functions_of_a_test

    yield functions_of_a_test
    del sys.modules["functions_of_a_test"]


@pytest.fixture
def worker(monkeypatch):
    monkeypatch.setenv("MYGRAD_BLOCK_SECONDS", "60")
    worker = Worker()
    yield worker
    worker.stop()


@pytest.mark.parametrize(
    "name",
    [
        "loop_in_c",
        *(
            pytest.param(name, marks=pytest.mark.slow)
            for name in ("loop_that_catches_everything", "sleep", "locked")
        ),
    ],
)
def test_what_does_not_end_is_ended_and_named(there, worker, monkeypatch, name):
    """However it hangs; and the next call finds a process again."""
    worker.call("page.md:1", there.place)
    monkeypatch.setenv("MYGRAD_BLOCK_SECONDS", "0.5")
    with pytest.raises(
        EndedError, match=r"^page\.md:3: after 0\.5 seconds this still ran"
    ) as caught:
        worker.call("page.md:3", getattr(there, name))
    monkeypatch.setenv("MYGRAD_BLOCK_SECONDS", "60")

    assert "(MYGRAD_BLOCK_SECONDS sets another limit)" in str(caught.value)
    assert worker.call("page.md:4", there.fork) == "once"


@pytest.mark.slow
def test_the_block_that_was_announced_last_is_named(there, monkeypatch):
    monkeypatch.setenv("MYGRAD_BLOCK_SECONDS", "3")
    announced = []
    worker = Worker(announced=announced.append)
    with pytest.raises(EndedError, match=r"^page\.md:9: after 3 seconds"):
        worker.call("page.md", there.late_in_a_page)

    assert announced == ["page.md", "page.md:3", "page.md:9"]


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("exit_well", "with exit status 0"),
        pytest.param("abort", r"by signal 6 \(.*\)", marks=pytest.mark.slow),
        pytest.param("kill", r"by signal 9 .*", marks=pytest.mark.slow),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="elsewhere all is an exit status")
def test_what_ends_python_is_named(there, worker, name, how):
    """A build that ended with it would leave half a site, and may say that all is well."""
    with pytest.raises(EndedError, match=rf"^page\.md:3: this ended Python, {how}$"):
        worker.call("page.md:3", getattr(there, name))


def test_who_closes_what_is_read_and_written_has_not_ended_python(there, worker):
    """It is ended by us, so no signal is named that nobody else has sent."""
    with pytest.raises(EndedError, match=r"^page\.md:3: this closed what Python reads and writes"):
        worker.call("page.md:3", there.close_everything)


def test_what_ends_python_between_two_calls_is_named_by_the_next(there, worker):
    worker.call("page.md:1", there.place)
    worker.process.kill()
    worker.process.wait()

    with pytest.raises(EndedError, match=r"^page\.md:3: this ended Python"):
        worker.call("page.md:3", there.place)


def test_an_interrupt_that_no_key_has_caused_is_the_blocks(there, worker):
    with pytest.raises(EndedError, match=r"^page\.md:5: this raises KeyboardInterrupt$"):
        worker.call("page.md", there.interrupt)


def test_there_is_nothing_to_read(there, worker):
    """A build that waited for a key would wait for ever."""
    assert worker.call("page.md:3", there.read) == ("", b"")


def test_what_it_writes_to_the_terminal_arrives(there, worker, monkeypatch):
    """By a thread of its own, some time after the reply."""
    terminal = io.StringIO()
    monkeypatch.setattr(sys, "stderr", terminal)
    worker.call("page.md:3", there.speak)
    deadline = time.monotonic() + 60
    while len(terminal.getvalue()) < 8 and time.monotonic() < deadline:
        time.sleep(0.01)

    assert terminal.getvalue() == "one two "


def test_who_writes_to_the_terminal_without_end_is_ended(there, worker, capsys):
    """A million lines would hide the message."""
    with pytest.raises(EndedError, match=r"^page\.md:3: this writes more than 100,000 bytes"):
        worker.call("page.md:3", there.write_to_the_terminal)

    assert len(capsys.readouterr().err) <= 100_000


def test_an_error_of_a_page_comes_back_as_it_is(there, worker):
    """`--update-docs` tells one kind from the others."""
    with pytest.raises(OutputError, match=r"^page\.md:3: no$"):
        worker.call("page.md:3", there.differ)


def test_any_other_error_comes_back_with_its_traceback(there, worker):
    """It is a fault of ours."""
    with pytest.raises(RuntimeError, match=r"in fault\n(.*\n)*ZeroDivisionError: ours"):
        worker.call("page.md:3", there.fault)


def test_the_process_is_used_again_and_follows_to_another_folder(
    there, worker, tmp_path, monkeypatch
):
    """Pages are named as seen from there."""
    first = worker.call("page.md:1", there.place)
    monkeypatch.chdir(tmp_path)
    second = worker.call("page.md:3", there.place)

    assert first[1] == second[1] != os.getpid()
    assert second[0] == str(tmp_path)


def test_python_is_started_with_the_options(there, worker):
    assert Worker("-W", "error").call("page.md:1", there.place)[2] == ["error"]


def test_nothing_is_left_of_it(there, worker):
    """No file, and no process that waits for a thread."""
    file = worker.call("page.md:1", there.litter)
    worker.call("page.md:2", there.leave_a_thread)
    process = worker.process
    assert os.path.exists(file)
    worker.stop()

    assert process.poll() is not None
    assert not os.path.exists(file)
    assert worker.stop() == 0  # there is none to end


def test_a_copy_of_the_process_does_not_speak_for_it(there, worker):
    assert [worker.call("page.md:1", there.fork) for _ in range(3)] == ["once"] * 3


@pytest.mark.skipif(os.name != "posix", reason="a signal to one process is control-C's elsewhere")
def test_whoever_presses_control_c_is_obeyed(there, tmp_path):
    """At once, and with no process left behind."""
    program = """
        import signal
        import functions_of_a_test as there
        from mygrad.book.run.process import Worker
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background ignores it
        worker = Worker(announced=lambda place: print(worker.process.pid, flush=True))
        worker.call("page.md:3", there.sleep)
    """
    path = os.pathsep.join(sys.path)
    run = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)],
        env={**os.environ, "PYTHONPATH": path, "MYGRAD_BLOCK_SECONDS": "600"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    inner = int(run.stdout.readline())
    run.send_signal(signal.SIGINT)
    _, errors = run.communicate(timeout=60)

    assert errors.rstrip().endswith("KeyboardInterrupt")
    with pytest.raises(ProcessLookupError):
        os.kill(inner, 0)


def test_without_a_limit_all_runs_in_this_process(there, worker, monkeypatch):
    """A debugger can follow it there."""
    monkeypatch.setenv("MYGRAD_BLOCK_SECONDS", "0")

    assert worker.call("page.md:1", there.place)[1] == os.getpid()
    assert worker.process is None


@pytest.mark.parametrize("text", ["a minute", "-1", "nan", "inf", "1e99"])
def test_a_limit_that_is_none_is_refused(monkeypatch, text):
    monkeypatch.setenv("MYGRAD_BLOCK_SECONDS", text)
    with pytest.raises(ValueError, match=f"number of seconds, or 0 for no limit; got '{text}'"):
        seconds_allowed()


def test_the_limit_is_generous_where_none_is_set(monkeypatch):
    monkeypatch.setenv("MYGRAD_BLOCK_SECONDS", "")

    assert seconds_allowed() >= 60


@pytest.mark.parametrize("number", [signal.SIGTERM, 40])
def test_a_signal_is_told_by_its_number(number):
    """Not all have a name."""
    assert ending_of(-number).startswith(f"by signal {number:d} (")


# The process's own side, in this process.


def said(*requests):
    """What `serve_calls` answers to some requests."""
    asked, replies = io.BytesIO(), io.BytesIO()
    for request in requests:
        pickle.dump((os.getcwd(), *request), asked)
    asked.seek(0)
    serve_calls(asked, replies)
    replies.seek(0)
    answers = []
    while replies.tell() < len(replies.getvalue()):
        answers.append(pickle.load(replies))
    return answers


def test_requests_are_answered_in_turn(there):
    answers = said(
        ("page.md:1", len, ["abc"]),
        ("page.md:2", announce, ["page.md:3"]),
        ("page.md:4", there.differ, []),
        ("page.md:6", there.interrupt, []),
        ("page.md:7", there.fault, []),
    )
    kinds = [kind for kind, _ in answers]

    assert kinds == ["returned", "runs", "returned", "raised", "runs", "raised", "raised"]
    assert isinstance(answers[3][1], PageError)
    assert str(answers[5][1]) == "page.md:5: this raises KeyboardInterrupt"
    assert "ZeroDivisionError: ours" in str(answers[6][1])


def test_afterwards_nobody_listens_to_what_runs():
    said(("page.md:1", announce, ["page.md:3"]))

    assert process_module.listeners == []


def test_what_outlives_its_parent_ends_itself(monkeypatch):
    """By a clock that no block can stop."""
    clocks = []
    monkeypatch.setattr(
        process_module.faulthandler, "dump_traceback_later", lambda *a, **k: clocks.append((a, k))
    )
    monkeypatch.setenv("MYGRAD_BLOCK_SECONDS", "20")
    said(("page.md:1", announce, ["page.md:3"]))

    assert clocks == [((25.0,), {"exit": True})]


def test_a_copy_ends_before_it_speaks(monkeypatch):
    pids = iter([1, 2])
    ended = []
    monkeypatch.setattr(process_module.os, "getpid", lambda: next(pids, 2))
    monkeypatch.setattr(process_module.os, "_exit", ended.append)
    said(("page.md:1", len, ["abc"]))

    assert ended == [1]
