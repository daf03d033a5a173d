"""Files between processes: what is read is what was written; arrays that stay in the file cannot be changed."""

import os

import numpy as np
import pandas as pd
import pytest

from discourse.errors import ResourceError
from discourse.parts.files import read_file, write_file


def made():
    table = pd.DataFrame({"doc_id": pd.Categorical(["b", "a"]), "n": [1, 2], "cues": ["x", None], "ok": [True, False]})
    return {"table": table.astype({"cues": "str"}), "runs": np.arange(5, dtype=np.uint64), "none": None}


@pytest.mark.parametrize("mapped", [False, True])
def test_read_file_gives_what_was_written(tmp_path, mapped):
    found = read_file(write_file(made(), str(tmp_path)), mapped=mapped)
    pd.testing.assert_frame_equal(found["table"], made()["table"])
    assert found["runs"].tolist() == [0, 1, 2, 3, 4] and found["none"] is None
    assert found["runs"].flags.writeable == (not mapped)


def test_write_file_every_one_has_a_path_of_its_own(tmp_path):
    paths = [write_file(number, str(tmp_path)) for number in range(3)]
    assert [read_file(path) for path in paths] == [0, 1, 2]
    assert sorted(map(os.path.basename, paths)) == sorted(os.listdir(tmp_path))


def test_write_file_folder_that_cannot_be_written_raises(tmp_path):
    gone = str(tmp_path / "gone")
    with pytest.raises(ResourceError) as error:
        write_file(1, gone)
    assert str(error.value) == (
        f"the folder of temporary files, {gone!r}, cannot be written (No such file or directory). Make room there, or "
        "name another folder by the variable TMPDIR."
    )
