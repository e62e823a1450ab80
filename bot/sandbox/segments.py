"""How many SMS a text is, by the platform's own count."""

# 3GPP TS 23.038: the default alphabet, and the letters that cost an escape in front.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_ESCAPED = frozenset("\f^{}\\[~]|€")
# One SMS holds 140 octets; a joined one gives 6 of them to the header (3GPP TS 23.040).
_GSM_ALONE, _GSM_JOINED = 160, 153
_UCS2_ALONE, _UCS2_JOINED = 70, 67


def count_segments(text: str) -> int:
    """Count the SMS that `text` is sent as, at least one.

    One letter outside GSM-7 makes the whole text UCS-2. An escaped letter, and a surrogate pair,
    is never split between two SMS, so each may leave a place empty at the end of one.
    """
    if all(letter in _BASIC or letter in _ESCAPED for letter in text):
        costs = [2 if letter in _ESCAPED else 1 for letter in text]
        return _count(costs, _GSM_ALONE, _GSM_JOINED)
    costs = [len(letter.encode("utf-16-be", "surrogatepass")) // 2 for letter in text]
    return _count(costs, _UCS2_ALONE, _UCS2_JOINED)


def _count(costs: list[int], alone: int, joined: int) -> int:
    if sum(costs) <= alone:
        return 1
    segments, room = 1, joined
    for cost in costs:
        if cost > room:
            segments, room = segments + 1, joined
        room -= cost
    return segments
