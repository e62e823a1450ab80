"""``torpedo inbox``: the call-backs that weren't understood, and reading them again.

Listing only reads, so the bot may run meanwhile. Reading again writes, and one process writes
(decision 18).
"""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from bot.app import SystemClock
from bot.database import own_database, read
from bot.domain.replies import InboxState, SetAside
from bot.gateway.callbacks import read_callback
from bot.services.replying import Replying
from bot.settings import Settings
from storage import SqliteStore

MOST = 100
"""Call-backs in a list: the newest."""
LONGEST = 400
"""Characters that are shown of anything that came from outside."""


async def list_set_aside(settings: Settings) -> RenderableType:
    """Show each with its time, whose it is, its bytes, and why; raises ``SettingsError``."""
    found, unreadable, unmatched = await read(
        settings,
        lambda tx: (
            tx.inbox.set_aside(limit=MOST),
            tx.inbox.count(InboxState.UNREADABLE),
            tx.inbox.count(InboxState.UNMATCHED),
        ),
    )
    zone = settings.policy.zone
    return render_list(found, unreadable=unreadable, unmatched=unmatched, zone=zone)


async def read_again(settings: Settings) -> RenderableType:
    """Read all of them anew and say what came of it.

    Raises ``SettingsError``, while the bot runs, for one.
    """
    store = SqliteStore(own_database(settings))
    policy = settings.policy
    replying = Replying(
        store=store,
        clock=SystemClock(),
        reader=read_callback,
        zone=policy.zone,
        opt_out_words=policy.opt_out_words,
    )
    async with store:
        again = await replying.read_again()
        left = await store.read(lambda tx: _count_set_aside(tx.inbox.counts()))
    return Text(f"Read again: {again}. Understood now: {again - left}. Still not: {left}.")


def render_list(
    found: Sequence[SetAside], *, unreadable: int, unmatched: int, zone: ZoneInfo
) -> RenderableType:
    """Lay a list out; nothing that came from outside is mark-up, or reaches the terminal bare."""
    head = f"Call-backs not understood: {unreadable}. Not about anybody we sent to: {unmatched}."
    rows: list[RenderableType] = [Text(head, style="bold")]
    for each in found:
        delivery = each.stored.delivery
        at = delivery.received_at.astimezone(zone).strftime("%d/%m/%Y %H:%M:%S")
        title = f"{at}  campaign #{each.campaign}, part {each.position}  {delivery.method}"
        shown = [Text(f"why    {_say_why(each, zone)}")]
        shown += [
            Text(f"{name:6} {_reveal(octets)}", style="dim")
            for name, octets in (("query", delivery.query), ("body", delivery.body))
            if octets
        ]
        rows += [Text(), Text(title), Padding(Group(*shown), (0, 0, 0, 2), expand=False)]
    if len(found) < unreadable + unmatched:
        rows += [Text(), Text(f"These are the newest {len(found)}.")]
    if found:
        rows += [
            Text(),
            Text("After an upgrade: stop the bot, torpedo inbox --read-again, start it."),
        ]
    return Group(*rows)


def _say_why(found: SetAside, zone: ZoneInfo) -> str:
    """Say what today's reader makes of it, which may be more than the one of its day did."""
    delivery = found.stored.delivery
    if found.state is InboxState.UNREADABLE and found.note == "broke":
        return "reading it broke Torpedo: its log of that moment says where"
    reading = read_callback(
        query=delivery.query, content_type=delivery.content_type, body=delivery.body, zone=zone
    )
    not_read = "; ".join(_reveal(text.encode()) for text in reading.unreadable)
    if reading.unreadable and reading.records:
        return f"{len(reading.records)} of it read, and this not: {not_read}"
    if reading.unreadable:
        return "no record of six fields in it"
    if not reading.records:
        return "it is empty: somebody may only have tried the address"
    if found.state is InboxState.UNMATCHED:
        return f"this part has no such number: {_reveal(found.note.encode())}"
    return "it can be read by now"


def _reveal(octets: bytes) -> str:
    """Write bytes in plain ASCII, so that none of them can steer a terminal."""
    shown = repr(octets)[2:-1]
    if len(shown) <= LONGEST:
        return shown
    return f"{shown[:LONGEST]}… ({len(octets):,} bytes)"


def _count_set_aside(counts: Mapping[InboxState, int]) -> int:
    return sum(number for state, number in counts.items() if state.is_set_aside)
