"""Who is there, and who may do what just now: by locks that die with their process."""

import errno
import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.store.claims import Claims, Presence
from pipelines.vocabulary.errors import StoreError
from tests.effort import wait_until

ROOT = Path(__file__).parents[3]

_OTHER = """
import sys
from pathlib import Path
from pipelines.store.claims import Claims, Presence
output = Path(sys.argv[1])
{}
print("ready", flush=True)
sys.stdin.read()
"""


def other(output, does):
    """Start a process that does something and stays; killed by its caller."""
    process = subprocess.Popen(
        [sys.executable, "-c", _OTHER.format(does), str(output)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    return process


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_a_name_is_held_by_one_at_a_time_and_by_nobody_once_its_process_is_killed(tmp_path):
    claims = Claims(tmp_path / "claims")
    process = other(tmp_path, 'claims = Claims(output / "claims"); assert claims.take("portal 1")')
    assert not claims.take("portal 1")
    assert claims.take("portal 2")
    kill(process)
    assert claims.take("portal 1")
    claims.close()


def test_a_name_is_free_again_when_it_is_given_back_and_no_other_is(tmp_path):
    one, two = Claims(tmp_path / "claims"), Claims(tmp_path / "claims")
    assert one.take("a")
    assert one.take("b")
    one.free("a")
    assert two.take("a")
    assert not two.take("b")
    one.close()
    assert two.take("b")
    with pytest.raises(StoreError, match="closed"):
        one.take("a")
    two.close()


def test_times_are_known_to_all_outlive_their_run_and_never_go_back(tmp_path):
    one, two = Claims(tmp_path / "claims"), Claims(tmp_path / "claims")
    two.postpone("b", 7.0)
    one.postpone("a", 20.0, 10.0)
    two.postpone("a", 5.0, 30.0)
    assert one.times("a") == two.times("a") == (20.0, 30.0)
    one.close()
    two.close()
    three = Claims(tmp_path / "claims")
    assert (three.times("a"), three.times("b")) == ((20.0, 30.0), (7.0, 0.0))
    assert three.times("c") == (0.0, 0.0)
    three.close()


def test_a_restart_of_the_machine_forgets_times_of_a_clock_that_is_no_more(tmp_path):
    claims = Claims(tmp_path / "claims")
    claims.postpone("a", 1e9)
    claims.close()
    with (tmp_path / "claims").open("r+b") as file:
        file.write(b"f" * 32)  # another start
    claims = Claims(tmp_path / "claims")
    assert claims.times("a") == (0.0, 0.0)
    claims.close()


def test_thousands_of_names_are_one_small_file_and_one_open_handle(tmp_path):
    before = len(list(Path("/proc/self/fd").iterdir()))
    claims = Claims(tmp_path / "claims")
    for number in range(5000):
        assert claims.take(f"www.{number}.gov.test")
    assert len(list(Path("/proc/self/fd").iterdir())) == before + 1
    assert [path.name for path in tmp_path.iterdir()] == ["claims"]
    assert (tmp_path / "claims").stat().st_size == 32 * 5001
    claims.close()


def test_processes_that_meet_names_at_the_same_time_mean_the_same_records(tmp_path):
    does = (
        'claims = Claims(output / "claims")\n'
        "import random\n"
        'names = [f"host {n}" for n in range(300)]\n'
        "random.shuffle(names)\n"
        "for name in names: claims.postpone(name, float(name[5:]))\n"
        'assert [claims.times(f"host {n}")[0] for n in range(300)] == [*map(float, range(300))]'
    )
    script = _OTHER.format(does)
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
        )
        for _ in range(4)
    ]
    assert [process.wait() for process in started] == [0] * 4
    assert (tmp_path / "claims").stat().st_size == 32 * 301


def test_a_record_cut_short_is_written_again(tmp_path):
    claims = Claims(tmp_path / "claims")
    claims.postpone("a", 5.0)
    claims.close()
    with (tmp_path / "claims").open("ab") as file:
        file.write(b"half a record")
    claims = Claims(tmp_path / "claims")
    claims.postpone("b", 6.0)
    assert (claims.times("a"), claims.times("b")) == ((5.0, 0.0), (6.0, 0.0))
    claims.close()


def test_a_file_system_without_locks_is_one_clear_line(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "fcntl", refuse)
    with pytest.raises(StoreError, match=r"No locks available.*OUTPUT_DIR on a local disk$"):
        Claims(tmp_path / "claims")
    monkeypatch.undo()
    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(StoreError, match=r"No locks available.*OUTPUT_DIR on a local disk$"):
        Presence(tmp_path, alone=False)


def test_runs_are_there_side_by_side_each_by_an_id_of_its_own(tmp_path):
    runs = [Presence(tmp_path, alone=False) for _ in range(3)]
    assert len({run.run for run in runs}) == 3
    for run in runs:
        assert set(run.others()) == {each.run for each in runs if each is not run}
        assert all(f"process {os.getpid()} on " in text for text in run.others().values())
    (tmp_path / "runs" / runs[0].run).mkdir(parents=True)
    runs[0].leave()
    runs[0].leave()
    assert set(runs[1].others()) == {runs[2].run}
    later = Presence(tmp_path, alone=False)
    assert later.run != runs[0].run  # it has a folder under runs/
    for run in [*runs, later]:
        run.leave()
    assert list((tmp_path / ".runs").iterdir()) == []


@pytest.mark.parametrize(("first", "second"), [(True, False), (False, True), (True, True)])
def test_who_wants_the_folder_alone_has_it_alone(tmp_path, first, second):
    process = other(tmp_path, f"presence = Presence(output, alone={first})")
    with pytest.raises(StoreError, match=rf"in use by process {process.pid} on .* since 20"):
        Presence(tmp_path, alone=second)
    with pytest.raises(StoreError, match=rf"in use by process {process.pid}"):
        Presence(tmp_path, alone=second, wait_seconds=0.3)
    kill(process)
    entered = Presence(tmp_path, alone=second, wait_seconds=5)
    assert entered.others() == {}  # the sign of the killed one is down
    entered.leave()


def test_a_killed_run_is_not_among_the_living(tmp_path):
    here = Presence(tmp_path, alone=False)
    process = other(tmp_path, "presence = Presence(output, alone=False)")
    assert len(here.others()) == 1
    kill(process)
    wait_until(lambda: here.others() == {})
    here.leave()


def test_a_run_on_another_machine_keeps_this_one_out(tmp_path):
    there = other(tmp_path, "presence = Presence(output, alone=False)")
    (sign,) = (tmp_path / ".runs").iterdir()
    text = sign.read_text("utf-8")
    with sign.open("r+", encoding="utf-8") as file:
        file.write("0" * 32 + text[32:])  # what it would say of another
    with pytest.raises(StoreError, match="must be on one machine"):
        Presence(tmp_path, alone=False)
    kill(there)
    Presence(tmp_path, alone=False).leave()
