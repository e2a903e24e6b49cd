"""All wheels for machines without a network: `make wheelhouse`. A folder a platform, with hashes, and the two lines that install them."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PLATFORMS = {
    "win_amd64": ["win_amd64"],
    "linux_x86_64": ["manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"],
    "linux_aarch64": ["manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64"],
}
PYTHON = "3.11"


def main() -> int:
    """Build canju's wheel and fetch the wheels of everything it needs, for each platform."""
    out = ROOT / "wheelhouse"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    for name, tags in PLATFORMS.items():
        folder = out / name
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([*pip, "wheel", "--no-deps", "-w", str(folder), str(ROOT)], check=True)
        wheel = next(folder.glob("canju-*.whl"))
        platforms = [part for tag in tags for part in ("--platform", tag)]
        subprocess.run(
            [*pip, "download", str(wheel), "--only-binary=:all:", "--python-version", PYTHON, *platforms, "-d", str(folder)], check=True
        )
        files = sorted(folder.glob("*.whl"))
        (folder / "SHA256SUMS").write_text(
            "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files), encoding="utf-8"
        )
        (folder / "安装说明.txt").write_text(INSTALL, encoding="utf-8", newline="\r\n")
        print(f"{name}: {len(files)} wheels, {sum(file.stat().st_size for file in files) / 1e6:.0f} MB")
    return 0


INSTALL = f"""\
离线安装（电脑上须已装 Python {PYTHON}），在本文件夹打开命令行，输入两行：
python -m venv canju
canju\\Scripts\\pip install --no-index --find-links . canju        （Linux：canju/bin/pip install --no-index --find-links . canju）
"""

if __name__ == "__main__":
    sys.exit(main())
