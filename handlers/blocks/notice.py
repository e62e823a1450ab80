"""The one message about a try of unknown fate: drawn anew as things become known."""

from dataclasses import replace

from bot.domain.parts import Part, PartState
from handlers.blocks import layout, phrases
from handlers.blocks.credit_lines import say_credit
from handlers.blocks.message import Message
from handlers.blocks.part_buttons import render_part_buttons
from handlers.blocks.story import Story
from handlers.blocks.tries import resender, say_claim
from handlers.blocks.trouble_headlines import say_reason
from handlers.blocks.words import Words


def part_unknown(story: Story) -> Message:
    """Draw a try as it is now: open with its buttons, or without them how it ended.

    Raises:
        LookupError: The campaign has no such part.
    """
    part, resent = _find(story), story.count("resent")
    if part.resent > resent:
        return story.told(_say_what_was(story), _say_again(story, part, resent))
    if part.state is PartState.UNKNOWN:
        return _draw_open(story, part)
    ending = _say_left if part.state is PartState.DROPPED else _say_went
    return story.told(_say_what_was(story), ending(story, part))


def _find(story: Story) -> Part:
    wanted = story.count("part_id")
    for part in story.view.parts:
        if part.id == wanted:
            return part
    message = f"{story.ref} has no part {wanted}"
    raise LookupError(message)


def _draw_open(story: Story, part: Part) -> Message:
    words = story.words
    said = words.say(
        "⚠️ {requester}, {which} may or may not have gone to {people}: {why}.",
        requester=story.requester,
        **_facts(story),
    )
    never = words.say(
        "I never send it again by myself, so nobody gets it twice. If it did go, the first delivery"
        " or reply shows it, and I say so here."
    )
    told = story.told(said, never, say_claim(part, words))
    known = (_say_where_to_look(story), *_say_evidence(story, part))
    todo = _say_what_to_press(part, words)
    blocks = [layout.section(*known), layout.section(todo)]
    return replace(
        told,
        text=" ".join(filter(None, (told.text, *known, todo))),
        blocks=[*told.blocks, *blocks, *render_part_buttons(story.view, part, words)],
    )


def _say_where_to_look(story: Story) -> str:
    words, at = story.words, story.moment("at")
    if at is None:
        return words.say("Look in the platform's panel for a campaign with this text.")
    return words.say(
        "Look in the platform's panel for a campaign with this text, sent {time}. On the"
        " platform's clock: {there}.",
        time=words.second(at, story.zone),
        there=words.in_zone(at, story.view.platform_zone),
    )


def _say_what_to_press(part: Part, words: Words) -> str:
    """Say which button is whose, by the names that the buttons have."""
    if part.claimed_id is not None:
        return words.say(
            "I tell here what the platform answers. Whoever knows better can press a button now."
        )
    return words.say(
        "If the panel has it, press “{went}”. If you're sure that it hasn't, an approver who didn't"
        " write it can press “{again}”. With “{leave}”, nothing more of it is sent.",
        went=words.say("It went"),
        again=words.say("Send again"),
        leave=words.say("Leave it"),
    )


def _say_evidence(story: Story, part: Part) -> tuple[str, ...]:
    evidence = story.view.evidence.get(part.id)
    return () if evidence is None else say_credit(evidence, story.words, zone=story.zone)


def _say_what_was(story: Story) -> str:
    return story.words.say(
        "For a while nobody knew whether {which} had gone to {people}: {why}.",
        **_facts(story),
    )


def _say_again(story: Story, part: Part, resent: int) -> str:
    """Say that it was decided to send it again; by whom only where nobody decided since."""
    words = story.words
    by = resender(part) if part.resent == resent + 1 else None
    if by is None:
        return words.say("It was decided to send it once more; what comes of that is told below.")
    return words.say(
        "{person} decided to send it once more; what comes of that is told below.",
        person=phrases.mention(by),
    )


def _say_left(story: Story, part: Part) -> str:
    return story.words.say(
        "{person} left it as it is. {people} may or may not have it, and nothing more of {campaign}"
        " goes to them. If news of it comes late, I tell it here.",
        person=phrases.person(part.settled_by),
        people=phrases.people(part.people, story.words),
        campaign=story.ref,
    )


def _say_went(story: Story, part: Part) -> str:
    """Say that it went, by whose word. After a second request nobody knows whose word it was."""
    words = story.words
    if part.resent:
        how = words.say("✅ It went. If an earlier request of it did, too, I tell it here.")
    elif part.settled_by is None:
        how = words.say("✅ It went: the platform has reported on it.")
    else:
        how = words.say(
            "✅ It went, as {person} said; the platform's list has nothing against it.",
            person=phrases.mention(part.settled_by),
        )
    if part.gateway_id is None:
        return how
    return f"{how} {words.say('Platform number {number}.', number=part.gateway_id)}"


def _facts(story: Story) -> dict[str, str]:
    words = story.words
    return {
        "which": phrases.which(story.count("part"), story.count("parts"), story.ref, words),
        "people": story.people(),
        "why": say_reason(story.text("reason"), words),
    }
