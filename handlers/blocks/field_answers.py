"""What is said about the fields of a text, where they can't be filled."""

from bot.domain.field_refusals import (
    EmptyFields,
    FieldNotKept,
    FieldsNeedFile,
    Missing,
    UnknownField,
)
from handlers.blocks import phrases
from handlers.blocks.answer_table import AnswerTable
from handlers.blocks.voice import Voice

ANSWERS = AnswerTable()
MOST_FIELDS = 3


@ANSWERS.says(FieldsNeedFile)
def _fields_need_file(error: FieldsNeedFile, voice: Voice) -> str:
    name = error.fields[0]
    return voice.words.say(
        "A field such as {field} is filled from a column of a file: give the list as a CSV or XLSX"
        " file, in the form that /sms-send opens. Or write the words themselves; for plain braces"
        " double them: {doubled}.",
        field=_braced(name, voice),
        doubled=_doubled(name, voice),
    )


@ANSWERS.says(UnknownField)
def _unknown_field(error: UnknownField, voice: Voice) -> str:
    said = [voice.words.say("No column is called {field}.", field=_braced(error.field, voice))]
    if error.closest is not None:
        said.append(
            voice.words.say("Is it {field} that you mean?", field=_braced(error.closest, voice))
        )
    said.append(
        voice.words.say(
            "The file's columns: {columns}. For plain braces double them: {doubled}.",
            columns=_listed(error.columns, voice),
            doubled=_doubled(error.field, voice),
        )
    )
    return " ".join(said)


@ANSWERS.says(FieldNotKept)
def _field_not_kept(error: FieldNotKept, voice: Voice) -> str:
    return voice.words.say(
        "The list stays as it was, and of its columns only those are kept that the text used:"
        " {columns}. To use {field}, give the file again.",
        columns=_listed(error.kept, voice),
        field=_braced(error.field, voice),
    )


@ANSWERS.says(EmptyFields)
def _empty_fields(error: EmptyFields, voice: Voice) -> str:
    missing = [_say_missing(one, voice) for one in error.missing]
    return voice.words.say(
        "Somebody would get a text with a hole in it: {missing}. Fill in what is missing, or take"
        " those lines out, and give the file again.",
        missing=phrases.listed(missing, voice.words, most=MOST_FIELDS),
    )


def _say_missing(missing: Missing, voice: Voice) -> str:
    words = voice.words
    return words.count(
        len(missing.lines),
        "line {lines} has no {field}",
        "lines {lines} have no {field}",
        lines=phrases.listed([words.number(line) for line in missing.lines], words),
        field=voice.typed(missing.field),
    )


def _listed(columns: tuple[str, ...], voice: Voice) -> str:
    return phrases.listed([voice.typed(column) for column in columns], voice.words)


def _braced(name: str, voice: Voice) -> str:
    return voice.typed(f"{{{name}}}")


def _doubled(name: str, voice: Voice) -> str:
    return voice.typed(f"{{{{{name}}}}}")
