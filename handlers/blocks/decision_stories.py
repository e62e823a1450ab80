"""Stories of what people decided, and of what the clock and the opt-out list decided for them."""

from dataclasses import replace

from handlers.blocks import layout, phrases
from handlers.blocks.buttons import render_new_time
from handlers.blocks.escaping import quote
from handlers.blocks.message import Message
from handlers.blocks.story import Story

REASON_LIMIT = 1000


def approved(story: Story) -> Message:
    """Say who let it go, and when it goes."""
    campaign = story.view.campaign
    who = [approval.by for approval in campaign.approvals]
    by = phrases.mentions(who, story.words) if who else story.person()
    if campaign.send_at is None:
        return story.told(
            story.words.say(
                "✅ {campaign} is approved by {people}. It goes to the platform now.",
                people=by,
                campaign=story.ref,
            )
        )
    return story.told(
        story.words.say(
            "✅ {campaign} is approved by {people}. It goes to the platform now, which sends it at"
            " {time}.",
            people=by,
            campaign=story.ref,
            time=phrases.send_time(story.view, story.words),
        )
    )


def rejected(story: Story) -> Message:
    """Tell the requester who said no, why, and what to do."""
    said = story.words.say(
        "{requester}, {person} rejected {campaign}.",
        requester=story.requester,
        person=story.person(),
        campaign=story.ref,
    )
    reason = story.text("reason").strip()
    todo = story.words.say("Nothing was sent. Write it anew with `/sms-send` when it's ready.")
    return story.told(
        said, quoted=quote(reason, limit=REASON_LIMIT) if reason else None, after=todo
    )


def cancelled(story: Story) -> Message:
    """Say who took it back."""
    return story.told(
        story.words.say(
            "{person} cancelled {campaign}. Nothing was sent.",
            person=story.person(),
            campaign=story.ref,
        )
    )


def expired(story: Story) -> Message:
    """Ask the requester for a new time: what is late never goes by itself."""
    who = story.person("requester")
    if story.count("was_approved"):
        said = story.words.say(
            "{requester}, {campaign} was approved, but its time came before it could go. Nothing"
            " was sent.",
            requester=who,
            campaign=story.ref,
        )
    else:
        said = _say_unapproved(story, who)
    if story.view.campaign.answer is not None:
        todo = story.words.say("To answer after all, press Answer at their message.")
        return story.told(said, todo)
    todo = story.words.say("Choose a new time, and it's ready to be approved again.")
    told = story.told(said, todo)
    offer = layout.actions([render_new_time(story.view, story.words)])
    return replace(told, blocks=[*told.blocks, *offer])


def _say_unapproved(story: Story, who: str) -> str:
    """Tell its chosen time from the time in which it could be approved."""
    campaign, words = story.view.campaign, story.words
    facts = {"requester": who, "campaign": story.ref}
    if campaign.approvals:
        return words.say(
            "{requester}, {campaign} had {given} of {needed} approvals when its time ended. Nothing"
            " was sent.",
            given=words.number(len(campaign.approvals)),
            needed=words.number(story.view.approvals_needed),
            **facts,
        )
    if campaign.send_at is not None and campaign.expires_at >= campaign.send_at:
        return words.say(
            "{requester}, the time of {campaign}, {time}, has passed and nobody had approved it."
            " Nothing was sent.",
            time=words.moment(campaign.send_at, story.zone),
            **facts,
        )
    return words.say("{requester}, nobody approved {campaign} in time. Nothing was sent.", **facts)


def left_out(story: Story) -> Message:
    """Say how many opted out since it was written: the one change an approval allows."""
    return story.told(
        story.words.count(
            story.count("count"),
            "{n} person on the list has asked not to be written to, and is left out.",
            "{n} people on the list have asked not to be written to, and are left out.",
        )
    )


def nobody_left(story: Story) -> Message:
    """Say that there was nobody to send it to."""
    return story.told(
        story.words.say(
            "{requester}, everybody on the list of {campaign} has asked not to be written to."
            " Nothing was sent.",
            requester=story.person("requester"),
            campaign=story.ref,
        )
    )


def changed(story: Story) -> Message:
    """Say that what was about to go isn't what was approved."""
    return story.told(
        story.words.say(
            "{requester}, I stopped {campaign}: what was about to go isn't what was approved."
            " Nothing was sent.",
            requester=story.person("requester"),
            campaign=story.ref,
        ),
        story.words.say("Write it anew, and tell whoever runs Torpedo: this should never happen."),
    )
