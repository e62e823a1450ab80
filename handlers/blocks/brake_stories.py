"""Stories of the brake: asked, confirmed, let go."""

from dataclasses import replace

from bot.domain.parts import PartState
from handlers.blocks import phrases
from handlers.blocks.buttons import render_release_answers
from handlers.blocks.message import Message
from handlers.blocks.story import Story


def hold_asked(story: Story) -> Message:
    """Say who pulled the brake, and what that means from now on."""
    words = story.words
    said = words.say(
        "✋ {person} asked to hold {campaign}. Nothing more leaves.",
        person=story.person(),
        campaign=story.ref,
    )
    asked = words.say("What the platform has already is asked back until it confirms each part.")
    unknown = words.say(
        "A part that may or may not have gone can't be held until its platform number is known."
    )
    return story.told(
        said,
        asked if story.view.parts else "",
        unknown if story.view.in_state(PartState.UNKNOWN) else "",
    )


def hold_done(story: Story) -> Message:
    """Tell what is held from what was too late."""
    words = story.words
    held, late = story.count("held"), story.count("too_late")
    all_parts = phrases.parts(story.count("parts"), words)
    lines = [
        words.say(
            "✋ {campaign} is on hold: the platform confirmed it for {held} of {parts}.",
            campaign=story.ref,
            held=words.number(held),
            parts=all_parts,
        )
        if held
        else words.say("The hold of {campaign} came too late at the platform.", campaign=story.ref)
    ]
    if late:
        lines.append(
            words.count(
                late,
                "{n} part was sent already, and can't be called back.",
                "{n} parts were sent already, and can't be called back.",
            )
        )
    todo = words.say("To let it go: Release on the card. It takes a second person.")
    return story.told(*lines, todo if held else "")


def closed(story: Story) -> Message:
    """Say who made an end to what was held past its time, and how many got nothing."""
    words = story.words
    said = words.say(
        "{person} closed {campaign}: its time had passed while it was on hold.",
        person=story.person(),
        campaign=story.ref,
    )
    nothing = words.count(
        story.count("people"),
        "{n} person got nothing, as far as the platform has told.",
        "{n} people got nothing, as far as the platform has told.",
    )
    return story.told(said, nothing if story.count("people") else "")


def release_asked(story: Story) -> Message:
    """Ask the approvers, with the buttons to answer."""
    said = story.words.say(
        "{person} asks to let {campaign} go again. An approver decides:",
        person=story.person(),
        campaign=story.ref,
    )
    told = story.told(said)
    return replace(told, blocks=[*told.blocks, *render_release_answers(story.view, story.words)])


def release_refused(story: Story) -> Message:
    """Say that it stays on hold."""
    return story.told(
        story.words.say(
            "{person} said no: {campaign} stays on hold.",
            person=story.person(),
            campaign=story.ref,
        )
    )


def released(story: Story) -> Message:
    """Say who let it go."""
    return story.told(
        story.words.say(
            "{person} let {campaign} go again.", person=story.person(), campaign=story.ref
        )
    )


def release_done(story: Story) -> Message:
    """Say that the platform has let every part go."""
    return story.told(
        story.words.say(
            "📤 The platform has let {campaign} go: it's on its way again.", campaign=story.ref
        )
    )
