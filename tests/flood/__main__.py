"""``make flood``: a flood at the running bot; prints what came of it, exits 1 where that is bad."""

import asyncio
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from tests.faults.town import OPTIONS, open_town
from tests.flood.flooding import Flood
from tests.flood.scale import Scale
from tests.flood.verdict import Verdict

SCALE = Scale(receipts=7000, replies=3000)
STRICT = replace(OPTIONS, strict_limits=True, calls_back=False, delivery_delay=0)


async def run(scale: Scale, folder: Path) -> Verdict:
    """Play a flood in a town of its own, where Slack's rates hold."""
    async with open_town(
        folder, options=STRICT, GATEWAY_MAX_URL_BYTES="2048", GATEWAY_STATUS_SCOPE="account"
    ) as town:
        return await Flood(town, scale).play()


def main() -> int:
    """Run from the command line; returns the exit code."""
    folder = Path(tempfile.mkdtemp(prefix="torpedo-flood-"))
    verdict = asyncio.run(run(SCALE, folder))
    print(verdict.render())
    if not verdict.is_good:
        print(f"Its database and log are in {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
