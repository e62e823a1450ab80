"""Files that people give in forms."""

from bot.sandbox.gestures.gesture import GestureError
from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.pretend_slack import PretendSlack
from bot.sandbox.view_state import State


def with_files(slack: PretendSlack, person_id: str, state: State) -> State:
    """Put the files that the page names by their ids as Slack tells them.

    Raises:
        GestureError: that person gave no such file.
    """
    told: State = {}
    for block_id, answers in state.items():
        for action_id, answer in answers.items():
            whole = answer
            if answer.get("type") == "file_input":
                files = [_find_file(slack, person_id, one) for one in answer.get("files") or []]
                whole = {"type": "file_input", "files": files}
            told.setdefault(block_id, {})[action_id] = whole
    return told


def _find_file(slack: PretendSlack, person_id: str, named: JsonObject) -> JsonObject:
    file = slack.files.find(str(named.get("id")))
    if file is None or not file.is_given or file.user != person_id:
        words = "that file was not uploaded"
        raise GestureError(words)
    return file.as_slack(slack.url)
