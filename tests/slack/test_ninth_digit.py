"""The ninth digit is added by one press on the card."""

from tests.slack.reception import ANA, BRUNO, Reception


async def test_one_press_of_the_requester_adds_it(reception: Reception) -> None:
    """The note after writing and the card say it; the press makes a version, and tells so."""
    await reception.type("/sms-send 3199990001,31988880002 Oi")
    assert "*Add the ninth digit* on the card" in reception.private()[-1]
    await reception.tell()
    assert "1 number has ten digits" in reception.public()[0]
    await reception.press("campaign.ninth_digit", person=BRUNO)
    assert f"Only <@{ANA}>, who wrote #1, can do that." in reception.private(BRUNO)[-1]
    await reception.press("campaign.ninth_digit", person=ANA)
    assert "#1 is changed: version 2 waits for approval, for 2 people." in reception.private()[-1]
    await reception.tell()
    card, *_, told = reception.public()
    assert "1 number got its ninth digit" in card
    assert "1 number got its ninth digit" in told
    assert "campaign.ninth_digit" not in card
