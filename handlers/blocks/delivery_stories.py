"""Stories of telling itself: very many replies summed up, and what Slack wouldn't take."""

from dataclasses import replace

from handlers.blocks import layout
from handlers.blocks.escaping import code, line
from handlers.blocks.message import Block, Message
from handlers.blocks.reply_words import how_many_stopped
from handlers.blocks.story import Story

ANSWER_LIMIT = 120
WHAT_LIMIT = 1200


def summary(story: Story) -> Message:
    """Sum up what people answered; drawn anew as more come.

    Raises:
        ValueError: The tally wasn't handed in.
    """
    if story.tally is None:
        message = "a summary needs the tally"
        raise ValueError(message)
    words, tally = story.words, story.tally
    head = words.count(
        tally.replies,
        "📩 {n} reply to {campaign} so far",
        "📩 {n} replies to {campaign} so far",
        campaign=story.ref,
    )
    why = words.say(
        "They come faster than Slack takes messages, so they come together: each in a file or a"
        " message below."
    )
    stopped = how_many_stopped(tally.opt_outs, words)
    told = story.told(f"*{head}*", why, after=stopped)
    if tally.commonest:
        most = [_answer(text, n) for text, n in tally.commonest]
        listed: Block = {"type": "rich_text_list", "style": "bullet", "elements": most}
        drawn = [layout.section(words.say("The commonest answers:"))]
        drawn.append({"type": "rich_text", "elements": [listed]})
        told.blocks[1:1] = drawn
    return replace(told, text=" ".join(filter(None, [head, stopped])))


def cant_tell(story: Story) -> Message:
    """Tell the requester alone what couldn't be told in the channel, and why."""
    words = story.words
    place = f"<#{story.view.campaign.channel}>"
    said = words.say(
        "Something about {campaign} couldn't be told in {place}: {why}",
        campaign=story.ref,
        place=place,
        why=_reason(story),
    )
    more = story.count("more")
    rest = words.count(more, "Neither could {n} more message.", "Neither could {n} more messages.")
    return story.told(said, story.text("what"), after=rest if more else "")


def _answer(text: str, n: int) -> Block:
    elements = [
        {"type": "text", "text": f"{n} × ", "style": {"bold": True}},
        {"type": "text", "text": line(text, limit=ANSWER_LIMIT)},
    ]
    return {"type": "rich_text_section", "elements": elements}


def _reason(story: Story) -> str:
    words, word = story.words, story.text("reason")
    if word == "is_archived":
        return words.say("the channel is archived. Unarchive it, and news comes there again.")
    if word == "channel_not_found":
        return words.say(
            "I can't see the channel any more. Where it still is, `/invite @Torpedo` lets me in."
        )
    return words.say("Slack refuses it for good ({word}).", word=code(word))


def shorten(what: str) -> str:
    """Cut words that are escaped already, for a direct message; never inside an entity or token."""
    if len(what) <= WHAT_LIMIT:
        return what
    cut = what[:WHAT_LIMIT]
    for opens, closes in (("<", ">"), ("&", ";")):
        if cut.rfind(opens) > cut.rfind(closes):
            cut = cut[: cut.rfind(opens)]
    return f"{cut}…"
