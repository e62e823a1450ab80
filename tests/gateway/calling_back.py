"""Call-backs as the platform makes them."""

from zoneinfo import ZoneInfo

from bot.gateway.callbacks import Reading, read_callback

ZONE = ZoneInfo("America/Sao_Paulo")
TIME = "2026-12-24 16:00:00"
DELIVERY = f"4711;31999990001;;{TIME};ENVIADO COM SUCESSO;ref-1"
REPLY = f"4711;31988880002;Oi! Não; obrigado & tchau + 1;{TIME};;"


def read(query: bytes | str = b"", body: bytes | str = b"", content_type: str = "") -> Reading:
    """Read a call-back, texts as UTF-8."""
    octets = [part.encode() if isinstance(part, str) else part for part in (query, body)]
    return read_callback(query=octets[0], content_type=content_type, body=octets[1], zone=ZONE)


def texts(reading: Reading) -> list[str]:
    """What people said, where everything could be read."""
    assert reading.unreadable == ()
    return [record.text for record in reading.records]
