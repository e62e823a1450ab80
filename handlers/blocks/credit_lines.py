"""What the credit says of a request whose answer was lost: a sign, and never a proof."""

from bot.domain.credit import Balance, CreditEvidence
from handlers.blocks import phrases
from handlers.blocks.words import Words


def say_credit(evidence: CreditEvidence, words: Words, *, zone: str) -> tuple[str, ...]:
    """Say the credit before and after, what should have been used, and what follows from it."""
    before, after = evidence.before, evidence.after
    if after is None:
        soon = words.say(
            "What is left now isn't known yet: I ask the platform in the next few minutes."
        )
        return (soon,) if before is None else (_say_before(before, words, zone), soon)
    if before is None:
        return (
            words.say("The credit from before the request isn't known, so the credit can't tell."),
        )
    sums = (_say_before(before, words, zone), _say_after(before, after, words, zone))
    return " ".join(sums), _say_takers(evidence, words), _judge(evidence, words)


def _say_before(before: Balance, words: Words, zone: str) -> str:
    return words.say(
        "Credit before: {credits} ({time}).",
        credits=words.number(before.credits),
        time=words.moment(before.at, zone),
    )


def _say_after(before: Balance, after: Balance, words: Words, zone: str) -> str:
    used = before.credits - after.credits
    facts = {"credits": words.number(after.credits), "time": words.moment(after.at, zone)}
    if used > 0:
        return words.say("After: {credits} ({time}): {n} less.", n=words.number(used), **facts)
    if used < 0:
        return words.say("After: {credits} ({time}): {n} more.", n=words.number(-used), **facts)
    return words.say("After: {credits} ({time}): nothing less.", **facts)


def _say_takers(evidence: CreditEvidence, words: Words) -> str:
    """Say what this part takes, and who else took some, or may have, in that time."""
    said = [words.say("It takes {credit}.", credit=phrases.credit(evidence.takes, words))]
    if evidence.others:
        credit = phrases.credit(evidence.others, words)
        said.append(words.say("Others took {credit} in that time.", credit=credit))
    if evidence.doubtful:
        credit = phrases.credit(evidence.doubtful, words)
        said.append(words.say("Others of unknown fate take {credit}, if they went.", credit=credit))
    return " ".join(said)


def _judge(evidence: CreditEvidence, words: Words) -> str:
    if evidence.says_it_went is None:
        return words.say("So the credit can't tell whether it went.")
    sign = (
        words.say("So it looks as if it went.")
        if evidence.says_it_went
        else words.say("So it looks as if it didn't go.")
    )
    no_proof = words.say(
        "That's a sign and no proof: others may use the account, and the platform may charge late."
    )
    return f"{sign} {no_proof}"
