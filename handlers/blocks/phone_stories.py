"""Stories of phones: what people answered, and how the campaign ended."""

from dataclasses import replace

from bot.domain.ids import Number
from bot.domain.numbers import pretty
from handlers.blocks.escaping import line, mrkdwn, quote
from handlers.blocks.message import Message
from handlers.blocks.progress import render_counts, render_outcome, render_progress
from handlers.blocks.reply_buttons import render_reply_buttons
from handlers.blocks.reply_words import number_in_mrkdwn
from handlers.blocks.story import Story

NOTICE_LIMIT = 300


def reply(story: Story) -> Message:
    """Show what somebody answered, as a quote in which nothing can ping, link or format.

    Raises:
        ValueError: The reply wasn't handed in.
    """
    if story.reply is None:
        message = "news of a reply needs the reply"
        raise ValueError(message)
    answer, words = story.reply, story.words
    at = answer.at or answer.received_at
    head = f"📩 {number_in_mrkdwn(answer)} · {words.clock(at, story.view.platform_zone)}"
    notes = []
    if not answer.is_known:
        notes.append(words.say("This number isn't one of {campaign}'s people.", campaign=story.ref))
    if answer.opts_out and answer.number is not None:
        notes.append(words.say("They asked to stop, and get no more campaigns."))
    elif answer.opts_out:
        notes.append(
            words.say("They asked to stop, but the number can't be read: leave them out by hand.")
        )
    told = story.told(head, quoted=quote(answer.text), after="\n".join(notes))
    told.blocks.extend(render_reply_buttons(answer, words))
    notice = f"{head}: {mrkdwn(line(answer.text, limit=NOTICE_LIMIT))}"
    return replace(told, text=" ".join([notice, *notes]))


def opted_out(story: Story) -> Message:
    """Say who read a reply as a wish for no more, and put whom on the list."""
    return story.told(
        story.words.say(
            "{person} put {number} on the opt-out list: they get no more campaigns.",
            person=story.person(),
            number=pretty(Number(story.text("number"))),
        )
    )


def finished(story: Story) -> Message:
    """Report the end: the counts that were final, and what they came to."""
    words, view = story.words, story.view
    said = words.say("✅ {campaign} is done.", campaign=story.ref)
    told = story.told(
        said,
        render_progress(view, words, is_over=True),
        render_outcome(view, words),
        _say_failed(story),
    )
    return replace(told, text=f"{said} {render_counts(view, words, is_over=True)}")


def _say_failed(story: Story) -> str:
    if not story.view.counts.failed:
        return ""
    return story.words.say(
        "Failed means refused by the carrier, or no such number: check those numbers before the"
        " next campaign."
    )
