"""Makes a package of the kit for `pip install` (PEP 517): a wheel of one file, the same bytes every time, with nothing but Python."""

import base64
import hashlib
import io
import re
import tarfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
MODULE = HERE / "pingshen_plugin.py"
VERSION = re.search(r'^__version__ = "([^"]+)"', MODULE.read_text(encoding="utf-8"), re.MULTILINE).group(1)
STEM = f"pingshen_plugin-{VERSION}"
METADATA = f"""Metadata-Version: 2.1
Name: pingshen-plugin
Version: {VERSION}
Summary: Write a Pingshen plugin in Python
License: Apache-2.0
Requires-Python: >=3.9
"""
WHEEL = "Wheel-Version: 1.0\nGenerator: package_kit\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    files = {"pingshen_plugin.py": MODULE.read_bytes(), f"{STEM}.dist-info/METADATA": METADATA.encode(),
             f"{STEM}.dist-info/WHEEL": WHEEL.encode()}
    record = f"{STEM}.dist-info/RECORD"
    lines = [f"{name},sha256={_digest(data)},{len(data)}" for name, data in files.items()]
    files[record] = "\n".join(lines + [f"{record},,", ""]).encode()
    name = f"{STEM}-py3-none-any.whl"
    with zipfile.ZipFile(Path(wheel_directory) / name, "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, data in files.items():
            entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            entry.external_attr, entry.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
            wheel.writestr(entry, data)
    return name


def build_sdist(sdist_directory, config_settings=None):
    name = f"{STEM}.tar.gz"
    sources = {one.name: one.read_bytes() for one in (MODULE, HERE / "pyproject.toml", Path(__file__))}
    with tarfile.open(Path(sdist_directory) / name, "w:gz", format=tarfile.PAX_FORMAT) as archive:
        for path, data in {"PKG-INFO": METADATA.encode(), **sources}.items():
            entry = tarfile.TarInfo(f"{STEM}/{path}")
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return name


def _digest(data):
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
