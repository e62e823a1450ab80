"""Portuguese is complete, and says what the English says."""

import string
from collections.abc import Mapping

import pytest
from babel.messages.catalog import Message

from handlers.blocks.words import Words, read_catalog
from tests.blocks.msgids import Sentence, read_sentences

SENTENCES = read_sentences()
CATALOG: Mapping[str, Message] = {
    _id if isinstance(_id := message.id, str) else _id[0]: message
    for message in read_catalog("pt_BR")
    if message.id
}


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _forms(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def test_sources_are_read() -> None:
    """The checks below would hold for no sentences at all, so there must be some."""
    assert len(SENTENCES) > 100


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.where)
def test_every_sentence_is_translated(sentence: Sentence) -> None:
    """Somebody who reads Portuguese never meets a line of English, nor half a plural."""
    found = CATALOG.get(sentence.msgid)
    assert found is not None, sentence.msgid
    expected = (sentence.msgid, sentence.plural) if sentence.plural else (sentence.msgid,)
    assert _forms(found.id) == expected
    assert all(form.strip() for form in _forms(found.string))
    assert len(_forms(found.string)) == len(expected)


def test_no_translation_is_left_over() -> None:
    """A sentence that nobody says any more is taken out of the catalog."""
    assert set(CATALOG) == {sentence.msgid for sentence in SENTENCES}


@pytest.mark.parametrize("message", CATALOG.values(), ids=CATALOG.keys())
def test_translations_fill_in_the_same_facts(message: Message) -> None:
    """No fact is lost in translation, and none is asked for that isn't there."""
    for english, translated in zip(_forms(message.id), _forms(message.string), strict=True):
        assert _placeholders(english) == _placeholders(translated)


@pytest.mark.parametrize("message", CATALOG.values(), ids=CATALOG.keys())
def test_translations_keep_the_edges(message: Message) -> None:
    """Emoji, line breaks and outer spaces are layout, the same in both languages."""
    for english, translated in zip(_forms(message.id), _forms(message.string), strict=True):
        assert translated == translated.strip()
        assert translated.count("\n") == english.count("\n")
        assert translated.count("`") == english.count("`")
        assert [c for c in translated if ord(c) > 0x2190] == [c for c in english if ord(c) > 0x2190]


def test_catalog_counts_as_the_code_does() -> None:
    """``Words.count`` takes 1 alone as singular; the catalog's own rule must agree."""
    catalog = read_catalog("pt_BR")
    assert catalog.plural_expr == "(n != 1)"
    assert not catalog.fuzzy
    assert Words("pt_BR").count(1, "{n} person", "{n} people") == "1 pessoa"
    assert Words("pt_BR").count(0, "{n} person", "{n} people") == "0 pessoas"
