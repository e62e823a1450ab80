"""Rows to domain objects and back; the one place that knows both spellings."""

import json
import sqlite3
from dataclasses import asdict, fields
from typing import Any

from bot.domain.campaign import (
    Answer,
    Approval,
    Campaign,
    Hold,
    ReleaseRequest,
    State,
    Trial,
)
from bot.domain.changes import Changes
from bot.domain.filling import Example, Filled
from bot.domain.news import Letter, News, NewsKind
from bot.domain.offers import Offer
from bot.domain.parts import Brake, Part, PartState
from bot.domain.polling import Askable
from bot.domain.replies import Delivery, InboxState, Reply, SetAside, StoredDelivery
from storage.times import read_time, write_time

Row = dict[str, Any]


def readable(text: str) -> str:
    """Replace half characters, which JSON can carry and UTF-8 can't, so that a text can be kept.

    For what is only shown; a text that is sent or sealed must not change on its way.
    """
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def write_campaign(campaign: Campaign) -> Row:
    """Lay a campaign out in columns; its approvals have their own table."""
    hold, request, answer = campaign.hold, campaign.release_request, campaign.answer
    trial, aside = campaign.trial, campaign.answer or campaign.trial
    return {
        "id": campaign.id,
        "version": campaign.version,
        "name": campaign.name,
        "channel": campaign.channel,
        "requester": campaign.requester,
        "text": campaign.text,
        "send_at": write_time(campaign.send_at),
        "zone": campaign.zone,
        "account": campaign.account,
        "door": campaign.door,
        "quiet": int(campaign.quiet),
        "digest": campaign.digest,
        "state": campaign.state.value,
        "created_at": write_time(campaign.created_at),
        "expires_at": write_time(campaign.expires_at),
        "edited_at": write_time(campaign.edited_at),
        "reminded_at": write_time(campaign.reminded_at),
        "closed_by": campaign.closed_by,
        "closed_at": write_time(campaign.closed_at),
        "close_reason": campaign.close_reason,
        "go_at": write_time(campaign.go_at),
        "launched_at": write_time(campaign.launched_at),
        "finished_at": write_time(campaign.finished_at),
        "held_by": hold.by if hold else None,
        "held_at": write_time(hold.at if hold else None),
        "release_asked_by": request.by if request else None,
        "release_asked_at": write_time(request.at if request else None),
        "wanted_at": write_time(campaign.wanted_at),
        "reconciled_at": write_time(campaign.reconciled_at),
        "card": campaign.card,
        "reply": answer.reply if answer else None,
        "tested_version": trial.version if trial else None,
        "thread_of": campaign.home if aside else None,
        "form": aside.form if aside else None,
        "filled": None if campaign.filled is None else json.dumps(asdict(campaign.filled)),
    }


def read_campaign(row: sqlite3.Row, approvals: tuple[Approval, ...]) -> Campaign:
    """Put a campaign together again."""
    held_by, asked_by = row["held_by"], row["release_asked_by"]
    return Campaign(
        id=row["id"],
        version=row["version"],
        name=row["name"],
        channel=row["channel"],
        requester=row["requester"],
        text=row["text"],
        send_at=read_time(row["send_at"]),
        zone=row["zone"],
        account=row["account"],
        door=row["door"],
        quiet=bool(row["quiet"]),
        digest=row["digest"],
        state=State(row["state"]),
        created_at=read_time(row["created_at"]),
        expires_at=read_time(row["expires_at"]),
        edited_at=read_time(row["edited_at"]),
        reminded_at=read_time(row["reminded_at"]),
        approvals=approvals,
        closed_by=row["closed_by"],
        closed_at=read_time(row["closed_at"]),
        close_reason=row["close_reason"],
        go_at=read_time(row["go_at"]),
        launched_at=read_time(row["launched_at"]),
        finished_at=read_time(row["finished_at"]),
        hold=None if held_by is None else Hold(held_by, read_time(row["held_at"])),
        release_request=None
        if asked_by is None
        else ReleaseRequest(asked_by, read_time(row["release_asked_at"])),
        wanted_at=read_time(row["wanted_at"]),
        reconciled_at=read_time(row["reconciled_at"]),
        card=row["card"],
        answer=None
        if row["reply"] is None
        else Answer(row["reply"], row["thread_of"], row["form"]),
        trial=None
        if row["tested_version"] is None
        else Trial(row["thread_of"], row["tested_version"], row["form"]),
        filled=None if row["filled"] is None else _filled(json.loads(row["filled"])),
    )


def _filled(facts: Row) -> Filled:
    return Filled(
        fields=tuple(facts["fields"]),
        texts=facts["texts"],
        requests=facts["requests"],
        examples=tuple(Example(**one) for one in facts["examples"]),
    )


def read_approval(row: sqlite3.Row) -> Approval:
    """Read one person's yes."""
    return Approval(
        row["by"], read_time(row["at"]), row["version"], row["digest"], bool(row["quiet"])
    )


def read_offer(row: sqlite3.Row) -> Offer:
    """Read what somebody typed, and what was offered instead."""
    facts: Row = dict(row)
    return Offer(**facts | {column: read_time(row[column]) for column in OFFER_TIMES})


def write_changes(campaign: int, changes: Changes) -> Row:
    """Lay out in columns how a version differs from the one before."""
    row = asdict(changes) | {"campaign": campaign}
    return row | {
        "at": write_time(changes.at),
        "send_at_before": write_time(changes.send_at_before),
    }


def read_changes(row: sqlite3.Row) -> Changes:
    """Read how a version differs from the one before."""
    facts: Row = dict(row)
    del facts["campaign"]
    times = {column: read_time(row[column]) for column in ("at", "send_at_before")}
    return Changes(**facts | times)


OFFER_TIMES = ("send_at", "opens", "at")
PART_TIMES = (
    "not_before",
    "submitted_at",
    "settled_at",
    "lost_at",
    "claimed_at",
    "brake_not_before",
    "asked_at",
    "heard_at",
    "called_back_at",
    "moved_at",
)


PART_COLUMNS = tuple(field.name for field in fields(Part))


def write_part(part: Part) -> Row:
    """Lay a part out in columns, which have its fields' names."""
    row: Row = {column: getattr(part, column) for column in PART_COLUMNS}
    row |= {"state": part.state.value, "brake": part.brake.value}
    row |= {"reason": readable(part.reason), "brake_reason": readable(part.brake_reason)}
    return row | {column: write_time(row[column]) for column in PART_TIMES}


def read_part(row: sqlite3.Row) -> Part:
    """Put a part together again."""
    return _part(dict(row))


def _part(row: Row) -> Part:
    row |= {"state": PartState(row["state"]), "brake": Brake(row["brake"])}
    row["told"] = bool(row["told"])
    return Part(**row | {column: read_time(row[column]) for column in PART_TIMES})


def read_askable(row: sqlite3.Row) -> Askable:
    """Read a part with when its messages could begin to go, and who wants to know."""
    facts: Row = dict(row)
    since, wanted_at = read_time(facts.pop("since")), read_time(facts.pop("wanted_at"))
    return Askable(_part(facts), since, wanted_at)


def read_delivery(row: sqlite3.Row) -> StoredDelivery:
    """Read a call-back, byte for byte."""
    delivery = Delivery(
        key=row["key"],
        method=row["method"],
        query=row["query"],
        content_type=row["content_type"],
        body=row["body"],
        received_at=read_time(row["received_at"]),
    )
    return StoredDelivery(id=row["id"], part=row["part"], delivery=delivery)


def read_set_aside(row: sqlite3.Row) -> SetAside:
    """Read a call-back with whose it was and what became of it."""
    return SetAside(
        stored=read_delivery(row),
        campaign=row["campaign"],
        position=row["position"],
        state=InboxState(row["state"]),
        note=row["note"],
    )


def read_letter(row: sqlite3.Row) -> Letter:
    """Read news on its way, with where it goes."""
    return Letter(
        id=row["id"],
        news=News(NewsKind(row["kind"]), row["campaign"], json.loads(row["facts"])),
        channel=row["place"],
        attempts=row["attempts"],
        not_before=read_time(row["not_before"]),
        thread=row["card"],
        notice=row["notice"],
        home=row["home"],
        reply=row["reply"],
        post=row["post"],
        tried_at=read_time(row["tried_at"]),
    )


def read_reply(row: sqlite3.Row) -> Reply:
    """Read what somebody wrote back."""
    return Reply(
        id=row["id"],
        campaign=row["campaign"],
        part=row["part"],
        number=row["number"],
        raw_number=row["raw_number"],
        text=row["text"],
        at=read_time(row["at"]),
        received_at=read_time(row["received_at"]),
        opts_out=bool(row["opts_out"]),
        is_known=bool(row["is_known"]),
        may_opt_out=bool(row["may_opt_out"]),
    )
