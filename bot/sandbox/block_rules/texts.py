"""Text objects, and the small objects made of them: options, confirms."""

from bot.sandbox.block_rules.checks import Check, array, boolean, choice, one_of, shape, string

TEXT_MOST = 3000
OPTIONS_MOST = 100


def plain_text(most: int) -> Check:
    """A `plain_text` object: it doesn't format, and Slack takes no other here."""
    return shape({"text": string(most)}, {"emoji": boolean}, kind="plain_text")


def mrkdwn(most: int) -> Check:
    """A `mrkdwn` object."""
    return shape({"text": string(most)}, {"verbatim": boolean}, kind="mrkdwn")


def any_text(most: int = TEXT_MOST) -> Check:
    """A text object of either kind."""
    return choice({"plain_text": plain_text(most), "mrkdwn": mrkdwn(most)})


def option(text: Check) -> Check:
    """One thing to choose; its text is plain in menus, either kind beside a box."""
    return shape({"text": text, "value": string(150)}, {"description": any_text(75)})


PLAIN_OPTION = option(plain_text(75))
BOXED_OPTION = option(any_text(75))
OPTION_GROUP = shape({"label": plain_text(75), "options": array(PLAIN_OPTION, OPTIONS_MOST)}, {})

CONFIRM = shape(
    {
        "title": plain_text(100),
        "text": any_text(300),
        "confirm": plain_text(30),
        "deny": plain_text(30),
    },
    {"style": one_of("primary", "danger")},
)
