"""An index of two plans, and a copy of it to harm."""

import shutil
from pathlib import Path

import pytest

from tests.fakes import build, fill
from tests.plans import HUE, parsed

HUE_PLAN = parsed(HUE, "hue.txt")
VINH_PLAN = parsed(HUE.replace("Thừa Thiên Huế", "Nghệ An"), "vinh.txt")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of two plans; tests copy it before they change it."""
    data = tmp_path_factory.mktemp("built")
    fill(data, [HUE_PLAN, VINH_PLAN])
    build(data)
    return data


@pytest.fixture
def data(built: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(built, tmp_path / "data"))
