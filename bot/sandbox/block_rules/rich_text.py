"""Rich text: the one kind of block in which a stranger's words can't format anything."""

from bot.sandbox.block_rules.checks import (
    Check,
    array,
    boolean,
    choice,
    number,
    one_of,
    shape,
    string,
)

_MANY = 1000
_STYLE = shape(
    {}, dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight"), boolean)
)
_STYLED = {"style": _STYLE}
_ID = string(255)

INLINE: dict[str, Check] = {
    "text": shape({"text": string(_MANY * 10)}, _STYLED),
    "link": shape({"url": string(3000)}, _STYLED | {"text": string(3000), "unsafe": boolean}),
    "user": shape({"user_id": _ID}, _STYLED),
    "usergroup": shape({"usergroup_id": _ID}, _STYLED),
    "channel": shape({"channel_id": _ID}, _STYLED),
    "emoji": shape({"name": _ID}, _STYLED | {"unicode": _ID, "skin_tone": number(1, 6)}),
    "date": shape(
        {"timestamp": number(0, 10**11), "format": string(500)},
        _STYLED | {"url": string(3000), "fallback": string(500)},
    ),
    "broadcast": shape({"range": one_of("here", "channel", "everyone")}, _STYLED),
    "color": shape({"value": string(7, 7)}, _STYLED),
}
_BORDER = {"border": number(0, 1)}
_SECTION = shape({"elements": array(choice(INLINE), _MANY, 0)}, {}, kind="rich_text_section")

_PARTS: dict[str, Check] = {
    "rich_text_section": _SECTION,
    "rich_text_quote": shape({"elements": array(choice(INLINE), _MANY, 0)}, _BORDER),
    "rich_text_preformatted": shape(
        {"elements": array(choice(INLINE, {"text", "link"}), _MANY, 0)},
        _BORDER | {"language": string(50)},
    ),
    "rich_text_list": shape(
        {"style": one_of("bullet", "ordered"), "elements": array(_SECTION, _MANY)},
        _BORDER | {"indent": number(0, 8), "offset": number(0, 10**6)},
    ),
}

RICH_TEXT_PARTS = array(choice(_PARTS), _MANY)
RICH_TEXT = shape({"elements": RICH_TEXT_PARTS}, {"block_id": _ID}, kind="rich_text")
