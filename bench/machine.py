"""What a measurement ran on, and how much memory it took."""

from __future__ import annotations

import os
import platform
import resource
import sys
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("msgspec", "sqlalchemy", "sentencex", "py3langid")


def machine() -> list[str]:
    """The processor as /proc/cpuinfo names it, the system, and the versions of what does the work."""
    names = Path("/proc/cpuinfo")
    lines = names.read_text().splitlines() if names.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    model = models[0] if models else platform.processor() or platform.machine()
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return [
        f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}",
        f"trucewatch {version('trucewatch')}, Python {platform.python_version()}, {libraries}",
    ]


def peak() -> float:
    """The most memory that this process has held, in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 / (1024 if sys.platform == "darwin" else 1)
