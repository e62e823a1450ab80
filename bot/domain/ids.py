"""The names things go by: plain strings and integers that mypy keeps apart."""

from typing import NewType

UserId = NewType("UserId", str)
"""A person in Slack, such as ``U024BE7LH``."""

ChannelId = NewType("ChannelId", str)
"""A conversation in Slack, such as ``C024BE91L``."""

GroupId = NewType("GroupId", str)
"""A user group in Slack, such as ``S0614TZR7``."""

TeamId = NewType("TeamId", str)
"""A Slack workspace, such as ``T024BE7LD``."""

MessageTs = NewType("MessageTs", str)
"""A Slack message's time stamp, which is its id within its channel; never read as a number."""

CampaignId = NewType("CampaignId", int)
"""A campaign's number, as people say it: ``#42``."""

OfferId = NewType("OfferId", int)
"""What was typed for a quiet time, kept until its writer presses what they want of it."""

PartId = NewType("PartId", int)
"""One part of a campaign: one ``sendsms`` at the gateway."""

GatewayId = NewType("GatewayId", int)
"""The *codigo_campanha* that the gateway gave a part."""

Number = NewType("Number", str)
"""A mobile number as the gateway takes it: DDD and 8 or 9 digits, no country code."""

Digest = NewType("Digest", str)
"""SHA-256, in hexadecimal, of what an approval is an approval of."""
