"""What is said about a file that isn't read as a list of people."""

from bot.domain.file_refusals import (
    DamagedFile,
    EmptyFile,
    FileNotGiven,
    FileTooLarge,
    LockedFile,
    MacroWorkbook,
    NoPhoneColumn,
    NotAList,
    OtherWorkbook,
    TooManyCells,
    TooManyRows,
    TwoLists,
)
from handlers.blocks.answer_table import AnswerTable
from handlers.blocks.voice import Voice

ANSWERS = AnswerTable()
MEGABYTE = 1_000_000


@ANSWERS.says(FileTooLarge)
def _too_large(error: FileTooLarge, voice: Voice) -> str:
    return voice.words.say(
        "The file is too large: I read {limit} MB at most. Leave out pictures and columns that"
        " aren't needed, or share the list out over several files.",
        limit=voice.words.number(error.limit // MEGABYTE),
    )


@ANSWERS.says(TooManyRows)
def _too_many_rows(error: TooManyRows, voice: Voice) -> str:
    return voice.words.say(
        "The file has more than {limit} rows. Share the list out over several files, and so over"
        " several campaigns.",
        limit=voice.words.number(error.limit),
    )


@ANSWERS.says(TooManyCells)
def _too_many_cells(error: TooManyCells, voice: Voice) -> str:
    return voice.words.say(
        "The table is too big: I read {limit} cells at most. Keep the column with the numbers and"
        " the few that the text needs, and save it again.",
        limit=voice.words.number(error.limit),
    )


@ANSWERS.says(NotAList)
def _not_a_list(_: NotAList, voice: Voice) -> str:
    return voice.words.say(
        "That file is no list: I read CSV and XLSX. Open the list in your spreadsheet program and"
        " save it as one of them."
    )


@ANSWERS.says(OtherWorkbook)
def _other_workbook(error: OtherWorkbook, voice: Voice) -> str:
    return voice.words.say(
        "I can't read {kind} files. Open it in your spreadsheet program and save it as XLSX or"
        " CSV.",
        kind=error.kind.upper(),
    )


@ANSWERS.says(MacroWorkbook)
def _macros(_: MacroWorkbook, voice: Voice) -> str:
    return voice.words.say(
        "That workbook has macros, which are programs, and I take none. Save it as XLSX or CSV,"
        " which leaves them out."
    )


@ANSWERS.says(LockedFile)
def _locked(_: LockedFile, voice: Voice) -> str:
    return voice.words.say(
        "That file opens with a password only. Save it without one, and try again."
    )


@ANSWERS.says(DamagedFile)
def _damaged(error: DamagedFile, voice: Voice) -> str:
    if error.line is None:
        return voice.words.say(
            "That file is damaged, so I took nothing from it. Open it in your spreadsheet program,"
            " save it again as XLSX or CSV, and try that one."
        )
    return voice.words.say(
        "Line {line} of the file has a quotation mark that isn't closed, so I can't tell where its"
        " cells end, and took nothing. Mend that line, and try again.",
        line=voice.words.number(error.line),
    )


@ANSWERS.says(EmptyFile)
def _empty(_: EmptyFile, voice: Voice) -> str:
    return voice.words.say("There's nothing in that file. Was it saved? Choose it again.")


@ANSWERS.says(NoPhoneColumn)
def _no_phone_column(error: NoPhoneColumn, voice: Voice) -> str:
    names = ", ".join(voice.typed(name) for name in error.columns if name.strip())
    return voice.words.say(
        "I find no column with mobile numbers among these: {columns}. Name it celular or telefone"
        " in the first row, and try again.",
        columns=names,
    )


@ANSWERS.says(FileNotGiven)
def _not_given(_: FileNotGiven, voice: Voice) -> str:
    return voice.words.say(
        "Slack didn't hand me the file, so nothing was changed. Try again in a minute. If it"
        " happens again, tell whoever runs Torpedo: `torpedo check` says what is missing."
    )


@ANSWERS.says(TwoLists)
def _two_lists(_: TwoLists, voice: Voice) -> str:
    return voice.words.say(
        "There are numbers typed as well, and I don't know which list you mean. Keep one of them."
    )
