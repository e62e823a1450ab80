"""The help: what to type, with examples, and who may do what."""

from handlers.blocks import layout
from handlers.blocks.message import Message
from handlers.blocks.words import Words


def render_help(words: Words) -> Message:
    """List the commands as people type them; the likeliest first."""
    commands = [
        (
            "/sms-send 31999990001,31988880002 Feliz Natal",
            words.say("a campaign, sent once somebody else approves it; alone, it opens a form"),
        ),
        (
            "/sms-schedule 24/12/2026 16:00 31999990001 Feliz Natal",
            words.say("the same at a time of yours; amanhã 9h and tomorrow 4pm work, too"),
        ),
        ("/sms-status", words.say("what runs in this channel")),
        ("/sms-status 42", words.say("one campaign in full")),
        ("/sms-balance", words.say("the credit left, and what is promised of it")),
        ("/sms-hold 42", words.say("the brake: anyone in the channel may pull it")),
        ("/sms-hold all", words.say("the brake for everything that goes in this channel")),
        ("/sms-release 42", words.say("lets it go again, with a second person")),
    ]
    intro = words.say("Torpedo sends text messages: one person writes, another lets them go.")
    lines = [f"`{typed}`\n{does}" for typed, does in commands]
    more = words.say(
        "Answers come back into the campaign's thread. Each command works as `/sms send`,"
        " `/sms status` and so on, too."
    )
    blocks = [layout.section(intro), *map(layout.section, lines), layout.context(more)]
    return Message(intro, blocks)
