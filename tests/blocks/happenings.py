"""News to tell: each kind with the facts that the services give it."""

from collections.abc import Mapping
from datetime import timedelta

from bot.domain.ids import (
    CampaignId,
    Number,
    PartId,
)
from bot.domain.news import News, NewsKind
from bot.domain.replies import Reply, Tally
from tests.blocks.views import APPROVER, COLLEAGUE, NOW, REQUESTER

REPLY = Reply(
    id=7,
    campaign=CampaignId(42),
    part=PartId(1),
    number=Number("31999990001"),
    raw_number="31999990001",
    text="*oi* <!channel> http://golpe.example\nquero sim",
    at=NOW + timedelta(minutes=7),
    received_at=NOW + timedelta(minutes=8),
    opts_out=False,
    is_known=True,
)

TALLY = Tally(
    replies=1240,
    opt_outs=31,
    commonest=(("sim", 402), ("<!channel> *Não*\nobrigada", 120)),
)

FACTS: Mapping[NewsKind, Mapping[str, str | int | list[str] | None]] = {
    NewsKind.APPROVED: {"by": APPROVER},
    NewsKind.REJECTED: {"by": APPROVER, "reason": "O preço está *errado* <!here>"},
    NewsKind.CANCELLED: {"by": REQUESTER},
    NewsKind.EXPIRED: {"requester": REQUESTER, "was_approved": 0},
    NewsKind.EDITED: {
        "by": REQUESTER,
        "version": 2,
        "added": 12,
        "removed": 3,
        "voided": 1,
        "voided_by": [APPROVER],
    },
    NewsKind.REMINDER: {"requester": REQUESTER, "missing": 1},
    NewsKind.SUBMITTED: {"parts": 3, "people": 4812, "gateway_ids": ["90001", "90002", "90003"]},
    NewsKind.PART_REFUSED: {"requester": REQUESTER, "people": 1604, "reasons": ["SEM SALDO"]},
    NewsKind.PART_UNKNOWN: {
        "part": 2,
        "parts": 3,
        "people": 1604,
        "reason": "read timeout",
        "at": "2026-12-23T17:05:09+00:00",
        "part_id": 2,
        "resent": 0,
    },
    NewsKind.PART_FOUND: {
        "part": 2,
        "parts": 3,
        "people": 1604,
        "gateway_id": 90002,
        "later": 0,
    },
    NewsKind.PART_AGAIN: {"by": APPROVER, "part": 2, "parts": 3, "people": 1604},
    NewsKind.PART_LEFT: {"by": COLLEAGUE, "part": 2, "parts": 3, "people": 1604},
    NewsKind.CLAIM_REFUTED: {
        "by": COLLEAGUE,
        "part": 2,
        "parts": 3,
        "gateway_id": 90005,
        "why": "other_people",
        "words": "",
    },
    NewsKind.LATE_EVIDENCE: {
        "kind": "twice",
        "part": 2,
        "parts": 3,
        "people": 1604,
        "gateway_id": 90002,
        "was": 90005,
        "by": APPROVER,
    },
    NewsKind.PART_DROPPED: {"requester": REQUESTER, "people": 1604},
    NewsKind.GATEWAY_AWAY: {},
    NewsKind.LEFT_OUT: {"count": 12},
    NewsKind.NOBODY_LEFT: {"requester": REQUESTER},
    NewsKind.CHANGED: {"requester": REQUESTER},
    NewsKind.HOLD_ASKED: {"by": COLLEAGUE},
    NewsKind.HOLD_DONE: {"held": 2, "too_late": 1, "parts": 3},
    NewsKind.RELEASE_ASKED: {"by": REQUESTER},
    NewsKind.RELEASE_REFUSED: {"by": APPROVER},
    NewsKind.RELEASED: {"by": APPROVER},
    NewsKind.RELEASE_DONE: {},
    NewsKind.CLOSED: {"by": COLLEAGUE, "people": 1604},
    NewsKind.RECONCILED: {
        "kinds": ["credit", "disputed", "silent", "unlisted"],
        "accepted": 4812,
        "called_back": 3000,
        "asked": 608,
        "silent": 1204,
        "unlisted": 3,
        "disputed": 5,
        "expected": 396,
        "used": "350",
    },
    NewsKind.REPLY: {"reply": 7},
    NewsKind.OPTED_OUT: {"by": COLLEAGUE, "number": "31999990001"},
    NewsKind.SUMMARY: {},
    NewsKind.CANT_TELL: {"reason": "is_archived", "what": "✅ #42 is done.", "more": 0},
    NewsKind.FINISHED: {
        "delivered": 4700,
        "failed": 90,
        "silent": 10,
        "replies": 31,
        "opt_outs": 4,
    },
}
"""The facts that the services tell with each kind of news."""


def news(kind: NewsKind, /, **facts: str | int | list[str] | None) -> News:
    """Make news with the facts that it usually carries."""
    return News(kind, CampaignId(42), {**FACTS[kind], **facts})
