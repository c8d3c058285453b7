import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.errors import IndexBusyError, StoreError
from index.lock import owned

HOLD = """
import sys, time
from pathlib import Path
from index.lock import owned
with owned(Path(sys.argv[1]), "网页服务"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_process_is_refused_within_two_seconds_and_told_who_holds(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        began = time.monotonic()
        with (
            pytest.raises(IndexBusyError, match=f"网页服务（进程 {holder.pid}"),
            owned(tmp_path, "x"),
        ):
            pass
        assert time.monotonic() - began < 2
        holder.kill()


def test_a_killed_holder_leaves_the_directory_free(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()
    with owned(tmp_path, "next"):
        pass


def test_a_folder_that_cannot_be_made_is_one_plain_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="不能写入"), owned(tmp_path / "file" / "data", "x"):
        pass
