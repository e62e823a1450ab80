"""What the outbox's table is asked, in the pieces that its questions share."""

from bot.domain.news import Lane

OPEN = "outbox.state IN ('waiting', 'taken')"
"""Written so everywhere: it is how the indexes of what is open are known to serve."""

NEXT = f"""
    WITH RECURSIVE busy (campaign) AS (
        SELECT min(campaign) FROM outbox WHERE {OPEN}
        UNION ALL
        SELECT (SELECT min(campaign) FROM outbox WHERE {OPEN} AND campaign > busy.campaign)
        FROM busy WHERE busy.campaign IS NOT NULL
    ),
    lanes (lane) AS (VALUES {", ".join(f"('{lane}')" for lane in Lane)}),
    heads (id) AS (
        SELECT (SELECT min(id) FROM outbox
            WHERE campaign = busy.campaign AND lane = lanes.lane AND {OPEN})
        FROM busy, lanes
    )
    SELECT outbox.*, campaigns.card, homes.card AS home,
        iif(lane = 'private', campaigns.requester, campaigns.channel) AS place,
        iif(lane = 'summary', summaries.ts, notices.ts) AS notice
    FROM heads JOIN outbox ON outbox.id = heads.id
    JOIN campaigns ON campaigns.id = outbox.campaign
    LEFT JOIN campaigns AS homes ON homes.id = campaigns.thread_of
    LEFT JOIN summaries ON summaries.campaign = outbox.campaign
    LEFT JOIN notices ON outbox.kind = 'part_unknown'
        AND notices.part = json_extract(facts, '$.part_id')
        AND notices.resent = json_extract(facts, '$.resent')
    WHERE outbox.state = 'waiting'
        AND (lane IN ('card', 'private') OR campaigns.card IS NOT NULL)
        AND (lane = 'private' OR campaigns.thread_of IS NULL OR homes.card IS NOT NULL)
"""
"""The first in each lane of each campaign, unless it is under way.

An answer's card is posted in the thread of another campaign, so it waits for that one's.

The lanes are looked into one by one: a hundred thousand replies that wait aren't walked through.
"""

WAITING_REPLIES = f"""
    FROM outbox JOIN replies ON replies.id = outbox.reply
    WHERE outbox.campaign = ? AND lane = 'replies' AND {OPEN} AND outbox.state = 'waiting'
"""

JOIN_DRAWINGS = f"""
    DELETE FROM outbox WHERE state = 'waiting' AND kind IN ('card', 'summary')
        AND (campaign, kind) IN (
            SELECT campaign, kind FROM outbox WHERE {OPEN} AND outbox.state = 'taken'
"""
"""Before a taken drawing waits again: the one that waits behind it asks for the same."""
